import { AsyncLocalStorage } from 'node:async_hooks';

export interface Correlation {
  /** Follows one person's action through every service: the request id at the gateway. */
  correlationId: string;
  /** Id of the event that is being handled, if any. */
  causationId?: string;
  /** W3C trace context of the caller. */
  traceparent?: string;
}

const store = new AsyncLocalStorage<Correlation>();

export const correlation = {
  run: <T>(value: Correlation, work: () => T): T => store.run(value, work),
  enter: (value: Correlation): void => store.enterWith(value),
  current: (): Correlation | undefined => store.getStore(),
};
