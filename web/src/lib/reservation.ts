import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api, dataOf, type Schemas } from './api';
import { KeptReservation } from './kept-reservation';
import type { ProblemError } from './problems';
import { useSession } from './session';

export type Reservation = Schemas['ReservationView'];

/** Of this browser: a second tab, opened from a letter say, goes on with it. */
const kept = new KeptReservation(localStorage);

/**
 * Has the slot kept for who looks at its confirmation, until they book it, leave or five minutes are over. Fails where
 * somebody has the slot, and where it is kept for nobody, which hinders no booking.
 */
export function useReservation(doctorId: string, slotId: string) {
  const { account } = useSession();
  const queries = useQueryClient();
  const wanted = account === null || account?.role === 'patient';
  const reservation = useQuery<Reservation, ProblemError>({
    queryKey: ['reservation', slotId],
    queryFn: async () => {
      const body = { slotId, ...kept.idAt(Date.now()) };
      const params = { path: { id: doctorId } };
      const made = await dataOf(api.POST('/doctors/{id}/slot-reservations', { params, body }));
      kept.keep(made);
      return made;
    },
    enabled: wanted,
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnReconnect: false,
  });
  const mine = useRef<string>(undefined);
  if (reservation.data) mine.current = reservation.data.id;
  const forget = () => mine.current !== undefined && kept.forget(mine.current);
  useEffect(
    () => () => {
      if (!forget()) return;
      const path = { id: doctorId, reservationId: mine.current! };
      void api
        .DELETE('/doctors/{id}/slot-reservations/{reservationId}', { params: { path }, keepalive: true })
        .then(() => queries.invalidateQueries({ queryKey: ['slots', doctorId] }))
        .catch(() => undefined);
    },
    [doctorId, queries],
  );
  return {
    ...reservation,
    /** Undefined until it is known who asks. */
    isWanted: account === undefined ? undefined : wanted,
    /** The booking has taken its place. */
    booked: forget,
  };
}
