import { createHmac, randomUUID } from 'node:crypto';
import { type Next, RepeatedWork } from '@medflow/service-kit';
import type { WebhookFaults } from './faults.js';
import type { Journal } from './journal.js';
import type { ProviderEvent } from './objects.js';
import type { Row } from './store.js';

interface Delivery {
  id: string;
  event: ProviderEvent;
  /** Milliseconds; absent in deliveries of before they had it. */
  since?: number;
  dueAt: number;
  attempts: number;
}

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 300_000;
/** Source: Stripe, « Webhooks », retry behaviour in live mode. */
const GIVEN_UP_AFTER_MS = 3 * 86_400_000;
const TIMEOUT_MS = 10_000;
const AT_ONCE = 8;
const REORDER_MS = 1_000;
/** How often to ask for an address that is not known yet. */
const ADDRESS_MS = [100, 30_000] as const;

/** `Stripe-Signature` of a payload. Source: Stripe, « Verify webhook signatures manually ». */
export function signatureOf(payload: string, secret: string, at: Date): string {
  const t = Math.floor(at.getTime() / 1000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${payload}`).digest('hex')}`;
}

/** Sends every event at least once, unless it is told to lose some. */
export class Webhooks {
  private readonly pending = new Map<string, Delivery>();
  private readonly sending = new Set<string>();
  private readonly work: RepeatedWork;
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly journal: Journal,
    private readonly secret: string,
    /** Undefined where nobody listens at all; answers undefined while the listener is not there yet. */
    private readonly url: (() => string | undefined) | undefined,
    public faults: WebhookFaults,
    private readonly random: () => number,
  ) {
    this.work = new RepeatedWork({
      name: 'test-provider.webhooks',
      run: async () => this.sendDue(),
      idleMs: ADDRESS_MS,
    }).start();
  }

  restore(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries) this.pending.set(delivery.id, delivery);
    this.work.nudge();
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
        const delivery: Delivery = { id, event, since: now, dueAt: now + this.delay(), attempts: 0 };
        rows.push({ id, kind: 'delivery', data: delivery });
      }
    }
    return rows;
  }

  /** Sends what was planned, now that it is written. */
  begin(rows: readonly Row[]): void {
    for (const { id, data } of rows) this.pending.set(id, data as Delivery);
    if (rows.length > 0) this.work.nudge();
  }

  get waiting(): number {
    return this.pending.size;
  }

  async stop(): Promise<void> {
    await this.work.stop();
    await Promise.allSettled(this.running);
  }

  private delay(): number {
    const [least, most] = this.faults.delayMs ?? [0, 0];
    return least + this.random() * (most - least) + (this.faults.reorder ? this.random() * REORDER_MS : 0);
  }

  /** When the next one is due. */
  private sendDue(): Next {
    const url = this.url?.();
    const waiting = [...this.pending.values()]
      .filter(({ id }) => !this.sending.has(id))
      .sort((a, b) => a.dueAt - b.dueAt);
    if (waiting.length === 0) return new Date(Date.now() + LONGEST_RETRY_MS);
    if (url === undefined) return undefined;
    for (const delivery of waiting) {
      // Whoever arrives makes room and says so.
      if (this.sending.size >= AT_ONCE) return undefined;
      if (delivery.dueAt > Date.now()) return new Date(delivery.dueAt);
      this.start(delivery, url);
    }
    return undefined;
  }

  private start(delivery: Delivery, url: string): void {
    this.sending.add(delivery.id);
    const work: Promise<void> = this.send(delivery, url).finally(() => {
      this.sending.delete(delivery.id);
      this.running.delete(work);
      this.work.nudge();
    });
    this.running.add(work);
  }

  private async send(delivery: Delivery, url: string): Promise<void> {
    const arrived = await this.post(delivery.event, url);
    const { id } = delivery;
    const attempts = delivery.attempts + 1;
    if (arrived || Date.now() - (delivery.since ?? delivery.dueAt) >= GIVEN_UP_AFTER_MS) {
      this.pending.delete(id);
      this.journal.add([{ id, kind: 'delivery', data: undefined }]);
    } else {
      const pause = Math.min(FIRST_RETRY_MS * 2 ** delivery.attempts, LONGEST_RETRY_MS);
      const next: Delivery = { ...delivery, since: delivery.since ?? Date.now(), attempts, dueAt: Date.now() + pause };
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
