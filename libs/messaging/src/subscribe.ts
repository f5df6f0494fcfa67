import type { Contract } from '@medflow/contracts';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { EventEnvelope } from './envelope.js';

/** What a subscription needs, so that its events have the effect that they should. */
export interface Guarantees {
  queue: string;
  /**
   * What gives a doubled delivery no second effect: a row in the inbox; the handler's write, which is conditional on the
   * aggregate's sequence; or nothing, as writing the same again changes nothing.
   */
  dedupe: 'inbox' | 'sequence' | 'none';
  /** What to do with an event older than one that the same queue has seen about the same subject. Default `deliver`. */
  stale?: 'ignore' | 'deliver';
  /** How many deliveries of the queue may share one transaction; the smallest of a queue's counts. Default 32. */
  batch?: number;
}

export interface Subscription extends Required<Guarantees> {
  contract: Contract;
}

/** What a handler threw, on its way through Nest. */
export class Failure {
  constructor(readonly error: unknown) {}
}

/**
 * Handles the events of one contract that arrive on one queue, as `(data, event)`, inside a transaction that it may share
 * with others: of a thrown error's nothing stays, and it is tried again later.
 */
export function Subscribe<T extends object>(
  contract: Contract<T>,
  { queue, dedupe, stale = 'deliver', batch = 32 }: Guarantees,
) {
  return (
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<(data: T, event: EventEnvelope<T>) => Promise<void>>,
  ): void => {
    const handle = descriptor.value!;
    // Nest's exception zone would replace the error by a text: the transaction has to see the driver's error labels.
    const guarded = async function (this: unknown, data: T, event: EventEnvelope<T>): Promise<Failure | undefined> {
      try {
        await handle.call(this, data, event);
        return undefined;
      } catch (error) {
        return new Failure(error);
      }
    };
    descriptor.value = guarded as unknown as typeof handle;
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    const subscription: Subscription = { contract: contract as unknown as Contract, queue, dedupe, stale, batch };
    EventPattern(patternOf(queue, contract.type), { subscription })(target, key, descriptor as PropertyDescriptor);
  };
}

/** One service may take the same type from two queues; hence both are part of the pattern. */
export const patternOf = (queue: string, type: string) => `${queue}|${type}`;
