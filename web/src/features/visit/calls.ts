import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from '../../lib/api';
import type { VisitState } from '../../lib/waiting';
import { useCreation } from '../../lib/write';

/** How a page stands to the visit: by its account, or on the seat of an invitation. */
export interface VisitAccess {
  appointmentId: string;
  /** Of a guest: the secret of the invitation stands in for an account. */
  seat?: string | undefined;
}

const of = ({ appointmentId }: VisitAccess) => ({ params: { path: { appointmentId } } });
const onSeat = (seat: string) => ({ params: { header: { 'x-visit-seat': seat } } });

export const CONSULTATION = 'consultation';
const keyOf = ({ appointmentId }: VisitAccess) => [CONSULTATION, appointmentId];

/** News arrive over the live line; this is for when it is down. */
const LOOK_EVERY_MS = 15_000;

export const useVisitState = (access: VisitAccess, enabled = true) =>
  useQuery({
    queryKey: keyOf(access),
    queryFn: ({ signal }) =>
      dataOf(
        access.seat === undefined
          ? api.GET('/consultations/{appointmentId}', { ...of(access), signal })
          : api.GET('/consultations/seat', { ...onSeat(access.seat), signal }),
      ),
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
      return access.seat === undefined ? take(access, step) : takeOnSeat(access.seat, step);
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
  | { name: 'finish'; unsuitable?: true }
  | { name: 'message'; message: string };

const joining = ({ device, takeOver = false }: { device: string; takeOver?: boolean }) => ({ device, takeOver });

function take(access: VisitAccess, step: VisitStep): Promise<VisitState> {
  const options = of(access);
  switch (step.name) {
    case 'consent':
      return dataOf(
        api.POST('/consultations/{appointmentId}/consent', { ...options, body: { version: step.version } }),
      );
    case 'withdraw':
      return dataOf(api.DELETE('/consultations/{appointmentId}/consent', options));
    case 'join':
      return dataOf(api.POST('/consultations/{appointmentId}/join', { ...options, body: joining(step) }));
    case 'admit':
      return dataOf(
        api.POST('/consultations/{appointmentId}/admit', { ...options, body: { participantId: step.participantId } }),
      );
    case 'leave':
      return dataOf(api.POST('/consultations/{appointmentId}/leave', options));
    case 'finish':
      return dataOf(
        api.POST('/consultations/{appointmentId}/finish', {
          ...options,
          body: step.unsuitable ? { unsuitable: true } : {},
        }),
      );
    case 'message':
      return dataOf(api.PUT('/consultations/{appointmentId}/message', { ...options, body: { message: step.message } }));
  }
}

/** A guest comes and goes; the rest is the doctor's and the patient's. */
function takeOnSeat(seat: string, step: VisitStep): Promise<VisitState> {
  if (step.name === 'leave') return dataOf(api.POST('/consultations/seat/leave', onSeat(seat)));
  if (step.name !== 'join') throw new Error(`${step.name} is no guest's`);
  const params = { path: { token: seat } };
  return dataOf(api.POST('/consultations/invitations/{token}/join', { params, body: joining(step) }));
}

export type GuestRole = 'interpreter' | 'carer' | 'professional';

/** @returns the link, whole: the server may not know under which address it is reached */
export const useInvitation = (access: VisitAccess) =>
  useCreation(async (body: { name: string; role: GuestRole }, idempotencyKey) => {
    const params = { ...of(access).params, header: { 'Idempotency-Key': idempotencyKey } };
    const { url } = await dataOf(api.POST('/consultations/{appointmentId}/invitations', { params, body }));
    return { url: new URL(url, location.origin).href };
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

/** Ends the visit as unsuitable by video, once the reason is in the patient's record; where that fails, the visit goes on. */
export function useUnsuitable(access: VisitAccess) {
  const { mutateAsync: addNote } = useNote();
  const { mutateAsync: takeStep } = useVisitStep(access);
  return useMutation({
    mutationFn: async (note: { patientId: string; label: string; note: string }) => {
      await addNote(note);
      return takeStep({ name: 'finish', unsuitable: true });
    },
  });
}
