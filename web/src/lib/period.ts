import { addDays } from './format';

/** Days `YYYY-MM-DD`, both ends included. */
export interface Period {
  from: string;
  to: string;
}

/** The last so many days, today included. */
export const lastDays = (days: number, today: string): Period => ({ from: addDays(today, 1 - days), to: today });
