import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, dataOf } from '../../lib/api';
import type { OwnFeedback } from '../../lib/reviews';
import { readAgain, useCreation } from '../../lib/write';

export type DoctorFeedback = Schemas['DoctorFeedbackView'];
export type AdminFeedback = Schemas['AdminFeedbackView'];

export interface Rating {
  stars: number;
  comment: string;
}

export function useRate(appointmentId: string, existing: OwnFeedback | null) {
  const queries = useQueryClient();
  return useCreation(
    ({ stars, comment }: Rating, key) =>
      existing
        ? dataOf(
            api.PUT('/feedback/{id}', {
              params: { path: { id: existing.id }, header: { 'If-Match': `"${existing.version}"` } },
              body: { stars, comment: comment || null },
            }),
          )
        : dataOf(
            api.POST('/feedback', {
              params: { header: { 'Idempotency-Key': key } },
              body: { appointmentId, stars, comment: comment || null },
            }),
          ),
    {
      // Not waited for: whoever asks is told at once.
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: ['feedback'] });
        void queries.invalidateQueries({ queryKey: ['dashboard'] });
      },
    },
  );
}

export interface FeedbackFilter {
  stars: string;
  from: string;
  to: string;
  patientId: string;
}

export const useDoctorFeedback = ({ stars, from, to, patientId }: FeedbackFilter) =>
  useInfiniteQuery({
    queryKey: ['feedback', 'doctor', stars, from, to, patientId],
    queryFn: ({ pageParam, signal }) => {
      const query = {
        ...(stars && { stars: Number(stars) }),
        ...(from && { from }),
        ...(to && { to }),
        ...(patientId && { patientId }),
        ...(pageParam && { cursor: pageParam }),
      };
      return dataOf(api.GET('/doctors/me/feedback', { params: { query: query as never }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

export const useReportedFeedback = (state: string) =>
  useInfiniteQuery({
    queryKey: ['feedback', 'admin', state],
    queryFn: ({ pageParam, signal }) => {
      const query = { state, ...(pageParam && { cursor: pageParam }) } as never;
      return dataOf(api.GET('/admin/feedback', { params: { query }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

export type FeedbackStep =
  { name: 'reply'; comment: string } | { name: 'report' | 'hide'; reason: string } | { name: 'dismiss' };

export function useFeedbackStep() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, step }: { id: string; step: FeedbackStep }): Promise<void> => {
      const params = { path: { id } };
      switch (step.name) {
        case 'reply':
          await dataOf(api.POST('/feedback/{id}/reply', { params, body: { comment: step.comment } }));
          return;
        case 'report':
          await dataOf(api.POST('/feedback/{id}/report', { params, body: { reason: step.reason } }));
          return;
        case 'hide':
          await dataOf(api.POST('/admin/feedback/{id}/hide', { params, body: { reason: step.reason } }));
          return;
        case 'dismiss':
          await dataOf(api.POST('/admin/feedback/{id}/dismiss', { params }));
      }
    },
    onSettled: readAgain(() => queries.invalidateQueries({ queryKey: ['feedback'] })),
  });
}
