import type { Contract } from '@medflow/contracts';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { EventEnvelope } from './envelope.js';

export interface Subscription {
  contract: Contract;
  queue: string;
  /** What to do with an event older than one that the same queue has seen about the same subject. */
  stale: 'ignore' | 'deliver';
}

/** What a handler threw, on its way through Nest. */
export class Failure {
  constructor(readonly error: unknown) {}
}

/**
 * Handles the events of one contract that arrive on one queue, as `(data, event)`, inside a transaction that also
 * records the event as handled: a doubled delivery has one effect. A thrown error rolls back and is tried again later.
 */
export function Subscribe<T extends object>(
  contract: Contract<T>,
  { queue, stale = 'deliver' }: { queue: string; stale?: 'ignore' | 'deliver' },
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
    const subscription: Subscription = { contract: contract as unknown as Contract, queue, stale };
    EventPattern(patternOf(queue, contract.type), { subscription })(target, key, descriptor as PropertyDescriptor);
  };
}

/** One service may take the same type from two queues; hence both are part of the pattern. */
export const patternOf = (queue: string, type: string) => `${queue}|${type}`;
