import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, dataOf } from './api';
import { ownActs } from './own-acts';
import { readAgain } from './write';

export type Appointment = Schemas['AppointmentView'];
type Status = Appointment['status'];

export interface AppointmentFilter {
  status?: Status[];
  from?: string;
  to?: string;
  order?: 'asc' | 'desc';
  limit?: number;
  /** For doctors: of one patient. */
  patientId?: string;
}

export function useAppointments(filter: AppointmentFilter, enabled = true) {
  return useInfiniteQuery({
    queryKey: ['appointments', filter],
    queryFn: ({ pageParam, signal }) => {
      const { status, ...rest } = filter;
      const query = { ...rest, ...(status && { status: status.join(',') }), ...(pageParam && { cursor: pageParam }) };
      return dataOf(api.GET('/appointments', { params: { query: query as never }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    enabled,
  });
}

const MOST_AT_ONCE = 100;

/** All that are booked from now on, or asked for, page after page. */
export async function comingAppointments(): Promise<Appointment[]> {
  const coming: Appointment[] = [];
  const filter = {
    status: 'held,requested,accepted',
    from: new Date().toISOString(),
    order: 'asc',
    limit: MOST_AT_ONCE,
  };
  for (let cursor: string | null = ''; ;) {
    const query = { ...filter, ...(cursor && { cursor }) } as never;
    const page: Schemas['AppointmentList'] = await dataOf(api.GET('/appointments', { params: { query } }));
    coming.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === null) return coming;
  }
}

export const useAppointment = (id: string, enabled = true) =>
  useQuery({
    queryKey: ['appointment', id],
    queryFn: ({ signal }) => dataOf(api.GET('/appointments/{id}', { params: { path: { id } }, signal })),
    enabled,
  });

/** How it is known that the doctor has examined the patient before they meet by video. */
export type DoctorSays = { examinedBefore: true } | { derogation: string };

export type Step =
  | { name: 'accept'; says?: DoctorSays }
  | { name: 'complete' | 'no-show' | 'accept-proposal' | 'decline-proposal' }
  | { name: 'reject'; reason: string }
  | { name: 'cancel'; reason: string }
  | { name: 'reschedule'; slotId: string; says?: DoctorSays };

/** Moves an appointment on; the version read is sent along, so that nobody answers what they have not seen. */
export function useAppointmentStep() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ appointment, step }: { appointment: Appointment; step: Step }) => {
      ownActs.note(appointment.id);
      const params = { path: { id: appointment.id }, header: { 'If-Match': `"${appointment.version}"` } };
      switch (step.name) {
        case 'accept':
          return dataOf(api.POST('/appointments/{id}/accept', { params, ...(step.says && { body: step.says }) }));
        case 'complete':
          return dataOf(api.POST('/appointments/{id}/complete', { params }));
        case 'no-show':
          return dataOf(api.POST('/appointments/{id}/no-show', { params }));
        case 'reschedule':
          return dataOf(
            api.POST('/appointments/{id}/reschedule', { params, body: { slotId: step.slotId, ...step.says } }),
          );
        case 'accept-proposal':
          return dataOf(api.POST('/appointments/{id}/reschedule/accept', { params }));
        case 'decline-proposal':
          return dataOf(api.POST('/appointments/{id}/reschedule/decline', { params }));
        case 'reject':
          return dataOf(api.POST('/appointments/{id}/reject', { params, body: { reason: step.reason } }));
        case 'cancel':
          return dataOf(
            api.POST('/appointments/{id}/cancel', { params, body: { reason: step.reason || null } as never }),
          );
      }
    },
    onSettled: readAgain(() =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['appointments'] }),
        queries.invalidateQueries({ queryKey: ['appointment'] }),
        queries.invalidateQueries({ queryKey: ['patient'] }),
        queries.invalidateQueries({ queryKey: ['patients'] }),
      ]),
    ),
  });
}
