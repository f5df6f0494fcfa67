import { createHmac, randomUUID } from 'node:crypto';
import type { WebhookFaults } from './faults.js';
import type { Journal } from './journal.js';
import type { ProviderEvent } from './objects.js';
import type { Row } from './store.js';

interface Delivery {
  id: string;
  event: ProviderEvent;
  dueAt: number;
  attempts: number;
}

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
/** Three days or so. Source: Stripe, « Webhooks », retry behaviour in live mode. */
const MAX_ATTEMPTS = 3 * 24 * 60;
const TIMEOUT_MS = 10_000;
const AT_ONCE = 8;
const REORDER_MS = 1_000;
/** How often to ask for an address that is not known yet. */
const ADDRESS_MS = 100;

/** `Stripe-Signature` of a payload. Source: Stripe, « Verify webhook signatures manually ». */
export function signatureOf(payload: string, secret: string, at: Date): string {
  const t = Math.floor(at.getTime() / 1000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${payload}`).digest('hex')}`;
}

/** Tells the world, at least once each, unless it is told to lose some. */
export class Webhooks {
  private readonly pending = new Map<string, Delivery>();
  private readonly sending = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly journal: Journal,
    private readonly secret: string,
    /** Undefined where nobody listens at all; answers undefined while the listener is not there yet. */
    private readonly url: (() => string | undefined) | undefined,
    public faults: WebhookFaults,
    private readonly random: () => number,
  ) {}

  restore(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries) this.pending.set(delivery.id, delivery);
    this.schedule();
  }

  /** The deliveries of what happened, to be written with it. */
  plan(events: readonly ProviderEvent[], now: number): Row[] {
    if (this.url === undefined) return [];
    const rows: Row[] = [];
    for (const event of events) {
      if (this.random() < (this.faults.drop ?? 0)) continue;
      const copies = this.random() < (this.faults.duplicate ?? 0) ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1) {
        const id = `delivery_${randomUUID()}`;
        const delivery: Delivery = { id, event, dueAt: now + this.delay(), attempts: 0 };
        rows.push({ id, kind: 'delivery', data: delivery });
      }
    }
    return rows;
  }

  /** Sends what was planned, now that it is written. */
  begin(rows: readonly Row[]): void {
    for (const { id, data } of rows) this.pending.set(id, data as Delivery);
    if (rows.length > 0) this.schedule();
  }

  get waiting(): number {
    return this.pending.size;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await Promise.allSettled(this.running);
  }

  private delay(): number {
    const [least, most] = this.faults.delayMs ?? [0, 0];
    return least + this.random() * (most - least) + (this.faults.reorder ? this.random() * REORDER_MS : 0);
  }

  private schedule(): void {
    clearTimeout(this.timer);
    if (this.stopped || this.sending.size >= AT_ONCE) return;
    const waiting = [...this.pending.values()].filter(({ id }) => !this.sending.has(id));
    const next = waiting.reduce<Delivery | undefined>(
      (first, one) => (first && first.dueAt <= one.dueAt ? first : one),
      undefined,
    );
    if (!next) return;
    const pause = this.url?.() === undefined ? ADDRESS_MS : Math.max(0, next.dueAt - Date.now());
    this.timer = setTimeout(() => {
      const url = this.url?.();
      if (url !== undefined && this.pending.has(next.id)) this.start(next, url);
      this.schedule();
    }, pause);
    this.timer.unref();
  }

  private start(delivery: Delivery, url: string): void {
    this.sending.add(delivery.id);
    const work: Promise<void> = this.send(delivery, url).finally(() => {
      this.sending.delete(delivery.id);
      this.running.delete(work);
      this.schedule();
    });
    this.running.add(work);
  }

  private async send(delivery: Delivery, url: string): Promise<void> {
    const arrived = await this.post(delivery.event, url);
    const { id } = delivery;
    const attempts = delivery.attempts + 1;
    if (arrived || attempts >= MAX_ATTEMPTS) {
      this.pending.delete(id);
      this.journal.add([{ id, kind: 'delivery', data: undefined }]);
    } else {
      const pause = Math.min(FIRST_RETRY_MS * 2 ** delivery.attempts, LONGEST_RETRY_MS);
      const next: Delivery = { ...delivery, attempts, dueAt: Date.now() + pause };
      this.pending.set(id, next);
      this.journal.add([{ id, kind: 'delivery', data: next }]);
    }
    await this.journal.kept().catch(() => undefined);
  }

  private async post(event: ProviderEvent, url: string): Promise<boolean> {
    const payload = JSON.stringify(event);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'stripe-signature': signatureOf(payload, this.secret, new Date()),
        },
        body: payload,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  }
}
