/** An integer amount in the currency's minor unit. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** Somebody as the other side sees them. */
export interface Person {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
}

export type Mode = 'video' | 'in-person';

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

export const msAfter = (instant: Date, ms: number): Date => new Date(instant.getTime() + ms);
