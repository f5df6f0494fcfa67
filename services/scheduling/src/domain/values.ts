export type Mode = 'video' | 'in-person';

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
  /** Id of their photo; absent: none. */
  readonly photo?: string;
  /** Of profiles' word, where the name is from one. */
  readonly sequence?: number;
}

/** By a name that profiles told. */
export interface NamedPerson extends Person {
  /** Of profiles' word. */
  readonly sequence: number;
}

/** Of whatever has them, these and no more. */
export const personOf = ({ id, firstName, lastName, photo }: Person): Person => ({
  id,
  firstName,
  lastName,
  ...(photo !== undefined && { photo }),
});

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

export const minutesAfter = (instant: Date, minutes: number): Date => new Date(instant.getTime() + minutes * MINUTE_MS);
