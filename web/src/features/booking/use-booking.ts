import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { api, dataOf } from '../../lib/api';
import { ownActs } from '../../lib/own-acts';
import { useCreation } from '../../lib/write';

/** Books a slot of the doctor and goes on to the appointment, which takes the confirmation's place in the history. */
export function useBooking(doctorId: string) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useCreation(
    (body: { slotId: string; reason: string; reservation?: string; examinedBefore?: true }, key) =>
      dataOf(api.POST('/appointments', { body, params: { header: { 'Idempotency-Key': key } } })),
    {
      onSuccess: (booked) => {
        ownActs.note(booked.id);
        // A slot that is held waits for its payment: nothing else matters now.
        const page = booked.status === 'held' ? '/pay' : '';
        void navigate(`/appointments/${booked.id}${page}`, { replace: true, state: { booked: true } });
        return Promise.all([
          queries.invalidateQueries({ queryKey: ['appointments'] }),
          queries.invalidateQueries({ queryKey: ['slots', doctorId] }),
        ]);
      },
      onError: () => void queries.invalidateQueries({ queryKey: ['slots', doctorId] }),
    },
  );
}
