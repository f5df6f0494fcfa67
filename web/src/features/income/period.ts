import { addDays } from '../../lib/format';
import type { Period } from '../../lib/period';

/** As the server asks for it: instants, the end excluded; an empty day leaves that side open. */
export const queryOf = ({ from, to }: Period): { from?: string; to?: string } => ({
  ...(from && { from: new Date(`${from}T00:00:00`).toISOString() }),
  ...(to && { to: new Date(`${addDays(to, 1)}T00:00:00`).toISOString() }),
});
