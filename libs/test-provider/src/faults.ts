import { invalid } from './provider-error.js';

/** What may go wrong between the provider and us; probabilities from 0 to 1. */
export interface WebhookFaults {
  /** Least and most milliseconds before the first delivery. */
  delayMs?: [number, number];
  duplicate?: number;
  drop?: number;
  /** Later ones may overtake earlier ones by up to a second. */
  reorder?: boolean;
}

/** What may go wrong on the way to the provider; probabilities from 0 to 1. */
export interface HttpFaults {
  /** The work is done, its answer never arrives; the same answer again does. */
  answerLost?: number;
  /** Answered 500 before anything is done; the same again to the same key. */
  failure?: number;
  /** Done, and answered 500; the same again to the same key. */
  failureAfter?: number;
  /** Least and most milliseconds of an answer. */
  delayMs?: [number, number];
}

type Check = (value: unknown) => boolean;

const probability: Check = (value) => typeof value === 'number' && value >= 0 && value <= 1;
const boolean: Check = (value) => typeof value === 'boolean';
const span: Check = (value) =>
  Array.isArray(value) &&
  value.length === 2 &&
  value.every((one) => typeof one === 'number' && one >= 0) &&
  value[0] <= value[1];

/** @throws ProviderError naming the first field that is not one, or not as it must be */
const readerOf =
  <T extends object>(checks: Readonly<Record<keyof T, Check>>) =>
  (value: unknown): T => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('Not an object of faults.');
    for (const [name, one] of Object.entries(value)) {
      if (!(checks as Record<string, Check | undefined>)[name]?.(one)) throw invalid(`Not a fault: ${name}`, name);
    }
    return value as T;
  };

export const webhookFaultsOf = readerOf<WebhookFaults>({
  delayMs: span,
  duplicate: probability,
  drop: probability,
  reorder: boolean,
});

export const httpFaultsOf = readerOf<HttpFaults>({
  answerLost: probability,
  failure: probability,
  failureAfter: probability,
  delayMs: span,
});
