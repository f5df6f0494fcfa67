import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from './api';

export type OwnFeedback = Schemas['OwnFeedbackView'];

const PAGE = 100;

/** What the patient has said of that visit already. */
export const useOwnFeedback = (appointmentId: string, enabled = true) =>
  useQuery({
    queryKey: ['feedback', 'own', appointmentId],
    queryFn: async ({ signal }) => {
      const query = { appointmentId } as never;
      return (await dataOf(api.GET('/patients/me/feedback', { params: { query }, signal }))).items[0] ?? null;
    },
    enabled,
  });

/** Ids of the appointments that the patient has rated. */
export const useRated = (enabled: boolean) =>
  useQuery({
    queryKey: ['feedback', 'rated'],
    queryFn: async ({ signal }) => {
      const rated = new Set<string>();
      for (let cursor: string | null = ''; cursor !== null;) {
        const query = { limit: PAGE, ...(cursor && { cursor }) } as never;
        const call = api.GET('/patients/me/feedback', { params: { query }, signal });
        const page: Schemas['OwnFeedbackList'] = await dataOf(call);
        for (const { appointmentId } of page.items) rated.add(appointmentId);
        cursor = page.nextCursor;
      }
      return rated;
    },
    enabled,
  });

/** What one patient has said of the doctor who asks. */
export const usePatientReviews = (patientId: string) =>
  useInfiniteQuery({
    queryKey: ['feedback', 'of-patient', patientId],
    queryFn: ({ pageParam, signal }) => {
      const query = { patientId, ...(pageParam && { cursor: pageParam }) } as never;
      return dataOf(api.GET('/doctors/me/feedback', { params: { query }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
