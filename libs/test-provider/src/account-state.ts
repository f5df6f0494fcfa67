import { randomBytes } from 'node:crypto';
import type {
  BalanceTransaction,
  Charge,
  Customer,
  Kept,
  PaymentIntent,
  PaymentMethod,
  ProviderEvent,
  Refund,
  SetupIntent,
} from './objects.js';
import { unknown } from './provider-error.js';

interface Kinds {
  customer: Customer;
  payment_method: PaymentMethod;
  payment_intent: PaymentIntent;
  setup_intent: SetupIntent;
  charge: Charge;
  refund: Refund;
  balance_transaction: BalanceTransaction;
  event: ProviderEvent;
}

const prefixes: Record<keyof Kinds, string> = {
  customer: 'cus',
  payment_method: 'pm',
  payment_intent: 'pi',
  setup_intent: 'seti',
  charge: 'ch',
  refund: 're',
  balance_transaction: 'txn',
  event: 'evt',
};

export const API_VERSION = '2026-10-28.endive';

/** All objects, and which of them changed in the step at hand. */
export class AccountState {
  private readonly objects = new Map<string, Kept>();
  private readonly lists = new Map<string, string[]>();
  /** What changed, as it was before; undefined where it is new. */
  private before = new Map<string, Kept | undefined>();
  private recorded: ProviderEvent[] = [];

  constructor(readonly now: () => Date) {}

  seconds(): number {
    return Math.floor(this.now().getTime() / 1000);
  }

  restore(objects: readonly Kept[]): void {
    for (const object of [...objects].sort((a, b) => a.created - b.created)) this.keep(object);
  }

  /** A new object with its id and time. */
  create<K extends keyof Kinds>(kind: K, fields: Omit<Kinds[K], 'id' | 'object' | 'created'>): Kinds[K] {
    const id = `${prefixes[kind]}_${randomBytes(12).toString('hex')}`;
    const object = { id, object: kind, created: this.seconds(), ...fields } as unknown as Kinds[K];
    this.keep(object);
    this.before.set(id, undefined);
    return object;
  }

  /** @throws ProviderError 404, also for what was deleted */
  get<K extends keyof Kinds>(kind: K, id: string, param?: string): Kinds[K] {
    const object = this.objects.get(id);
    if (object?.object !== kind || 'deleted' in object) throw unknown(kind, id, param);
    return object as Kinds[K];
  }

  find(id: string): Kept | undefined {
    return this.objects.get(id);
  }

  /** Newest first. */
  all<K extends keyof Kinds>(kind: K): Kinds[K][] {
    const ids = this.lists.get(kind) ?? [];
    return ids.map((id) => this.objects.get(id) as Kinds[K]).reverse();
  }

  update<T extends Kept>(object: T, change: Partial<T>): T {
    if (!this.before.has(object.id)) this.before.set(object.id, structuredClone(object));
    Object.assign(object, change);
    return object;
  }

  /** Something happened to an object; webhooks show it as it is at this moment. */
  recordEvent(type: string, object: Kept): void {
    this.recorded.push(
      this.create('event', {
        type,
        api_version: API_VERSION,
        livemode: false,
        pending_webhooks: 1,
        request: { id: null, idempotency_key: null },
        data: { object: structuredClone(withoutHidden(object)) },
      }),
    );
  }

  /** What the step at hand brought about; the next begins afresh. */
  takeChanges(): { objects: Kept[]; events: ProviderEvent[] } {
    const objects = [...this.before.keys()].map((id) => this.objects.get(id)!);
    const events = this.recorded;
    this.before = new Map();
    this.recorded = [];
    return { objects, events };
  }

  /** The step at hand came to nothing. */
  undoChanges(): void {
    for (const object of this.before.values()) if (object) this.objects.set(object.id, object);
    const created = [...this.before].filter(([, object]) => object === undefined);
    this.forget(created.map(([id]) => this.objects.get(id)!));
    this.before = new Map();
    this.recorded = [];
  }

  /** Without a trace. */
  forget(objects: readonly Kept[]): void {
    const gone = new Set(objects.map(({ id }) => id));
    for (const id of gone) this.objects.delete(id);
    for (const kind of new Set(objects.map(({ object }) => object))) {
      this.lists.set(
        kind,
        (this.lists.get(kind) ?? []).filter((id) => !gone.has(id)),
      );
    }
  }

  private keep(object: Kept): void {
    if (!this.objects.has(object.id)) {
      const list = this.lists.get(object.object) ?? [];
      list.push(object.id);
      this.lists.set(object.object, list);
    }
    this.objects.set(object.id, object);
  }
}

/** Without what is only ours. */
export function withoutHidden<T extends object>(object: T): T {
  if (!('hidden' in object)) return object;
  const { hidden: _, ...rest } = object;
  return rest as T;
}
