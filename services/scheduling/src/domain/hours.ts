import type { Mode, Money } from './values.js';

/** Hours of one day, in the doctor's wall time `HH:mm`; `24:00` ends the day. */
export interface Hours {
  readonly start: string;
  readonly end: string;
  readonly slotMinutes: number;
  readonly mode: Mode;
  readonly price: Money;
}

export interface WeeklyHours extends Hours {
  /** ISO 8601: Monday 1 … Sunday 7. */
  readonly weekday: number;
}

export interface DatedHours extends Hours {
  /** `YYYY-MM-DD`. */
  readonly date: string;
}

/** Minutes since midnight of a wall time `HH:mm`; `24:00` is the end of the day. */
export const minutesOf = (wall: string): number => {
  const [hours = 0, minutes = 0] = wall.split(':').map(Number);
  return hours * 60 + minutes;
};
