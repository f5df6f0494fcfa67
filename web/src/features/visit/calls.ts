import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ahead } from '../../lib/ahead';
import { api, dataOf } from '../../lib/api';
import type { VisitState } from '../../lib/waiting';
import { useCreation } from '../../lib/write';

/** How a page stands to the visit: by its account, or on the seat of an invitation. */
export interface VisitAccess {
  appointmentId: string;
  /** Of a guest: stands in for an account. */
  seat?: string | undefined;
}

const of = ({ appointmentId, seat }: VisitAccess) => ({
  params: { path: { appointmentId }, ...(seat && { header: { 'x-medflow-seat': seat } }) },
});

export const keyOf = ({ appointmentId }: Pick<VisitAccess, 'appointmentId'>) => ['consultation', appointmentId];

/** News arrive over the live line; this is for when it is down. */
const LOOK_EVERY_MS = 15_000;

export const useVisitState = (access: VisitAccess, enabled = true) =>
  useQuery({
    queryKey: keyOf(access),
    queryFn: ({ signal }) =>
      dataOf<VisitState>(ahead.GET('/consultations/{appointmentId}', { ...of(access), signal }) as never),
    staleTime: 0,
    enabled,
    refetchInterval: ({ state }) => (state.data?.state === 'finished' ? false : LOOK_EVERY_MS),
  });

/** A step of the visit, after which its state is as the answer says. */
export function useVisitStep(access: VisitAccess) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (step: VisitStep) => {
      // An answer that was asked for before would undo what is shown.
      await queries.cancelQueries({ queryKey: keyOf(access) });
      return dataOf<VisitState>(take(access, step) as never);
    },
    onSuccess: (state) => queries.setQueryData(keyOf(access), state),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['consultations'] }),
  });
}

export type VisitStep =
  | { name: 'consent'; version: string }
  | { name: 'withdraw' }
  | { name: 'join'; device: string; takeOver?: boolean }
  | { name: 'admit'; participantId: string }
  | { name: 'leave' }
  | { name: 'finish' }
  | { name: 'message'; message: string };

function take(access: VisitAccess, step: VisitStep): Promise<unknown> {
  const options = of(access);
  switch (step.name) {
    case 'consent':
      return ahead.POST('/consultations/{appointmentId}/consent', { ...options, body: { version: step.version } });
    case 'withdraw':
      return ahead.DELETE('/consultations/{appointmentId}/consent', options);
    case 'join': {
      const body = { device: step.device, ...(step.takeOver && { takeOver: true }) };
      return ahead.POST('/consultations/{appointmentId}/join', { ...options, body });
    }
    case 'admit':
      return ahead.POST('/consultations/{appointmentId}/admit', {
        ...options,
        body: { participantId: step.participantId },
      });
    case 'leave':
      return ahead.POST('/consultations/{appointmentId}/leave', options);
    case 'finish':
      return ahead.POST('/consultations/{appointmentId}/finish', options);
    case 'message':
      return ahead.PUT('/consultations/{appointmentId}/message', { ...options, body: { message: step.message } });
  }
}

export type GuestRole = 'interpreter' | 'carer' | 'professional';

export const useInvitation = (access: VisitAccess) =>
  useMutation({
    mutationFn: (body: { name: string; role: GuestRole }) =>
      dataOf<{ url: string }>(
        ahead.POST('/consultations/{appointmentId}/invitations', { ...of(access), body }) as never,
      ),
  });

/** A guest takes the seat that the link stands for. */
export const useSeat = () =>
  useMutation({
    mutationFn: (token: string) =>
      dataOf<VisitState>(
        ahead.POST('/consultations/invitations/{token}/join', { params: { path: { token } } }) as never,
      ),
  });

/** The note goes to the patient's record, once. */
export const useNote = () =>
  useCreation(({ patientId, ...body }: { patientId: string; label: string; note: string }, idempotencyKey) =>
    dataOf(
      api.POST('/patients/{patientId}/record/entries', {
        params: { path: { patientId }, header: { 'Idempotency-Key': idempotencyKey } },
        body: { kind: 'note', ...body },
      }),
    ),
  );
