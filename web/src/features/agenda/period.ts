import { addDays } from '../../lib/format';

/** A day more at either end: days begin when they do in the doctor's time zone, wherever the browser is. */
export const periodOf = (first: string, end: string) => ({
  from: `${addDays(first, -1)}T00:00:00Z`,
  to: `${addDays(end, 1)}T00:00:00Z`,
});
