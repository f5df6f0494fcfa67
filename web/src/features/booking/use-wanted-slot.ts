import { useReservation } from '../../lib/reservation';
import { useSlot } from '../../lib/slots';
import { isRefused } from './refusals';

/**
 * The slot as the doctor offers it now, kept for whoever may book it. What cannot be kept is looked up as it is: its
 * booking is decided when it comes.
 */
export function useWantedSlot(doctorId: string, slotId: string, startsAt: string) {
  const reservation = useReservation(doctorId, slotId);
  const { data: kept, error, isWanted } = reservation;
  const taken = isRefused(error, 'slot-taken') ? error : undefined;
  const isUnkept = isWanted === false || (error !== null && !taken);
  const known = useSlot(doctorId, slotId, startsAt, isUnkept);
  /** Undefined until it is known, null where it is not offered any more. */
  const slot = taken ? null : (kept?.slot ?? known.data);
  return { slot, reservation, taken, failed: known.isError ? known : undefined };
}
