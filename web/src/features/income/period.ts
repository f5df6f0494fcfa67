import { addDays } from '../../lib/format';

/** Days `YYYY-MM-DD`, the last one included. */
export interface Period {
  from: string;
  to: string;
}

/** The last so many days, today included. */
export const lastDays = (days: number, today: string): Period => ({ from: addDays(today, 1 - days), to: today });

/** As the server asks for it: instants, the end excluded; an empty day leaves that side open. */
export const queryOf = ({ from, to }: Period): { from?: string; to?: string } => ({
  ...(from && { from: new Date(`${from}T00:00:00`).toISOString() }),
  ...(to && { to: new Date(`${addDays(to, 1)}T00:00:00`).toISOString() }),
});
