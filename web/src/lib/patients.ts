import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from './api';

export type Patient = Schemas['DoctorPatientView'];

/** @param typed beginnings of names; empty: everybody */
export const usePatients = (typed: string, { enabled = true, limit = 20 } = {}) =>
  useInfiniteQuery({
    queryKey: ['patients', typed, limit],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit, ...(typed && { q: typed }), ...(pageParam && { cursor: pageParam }) };
      return dataOf(api.GET('/doctors/me/patients', { params: { query: query as never }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    // What was found for the letters before stays until the next are answered.
    placeholderData: keepPreviousData,
    enabled,
  });

export const usePatient = (id: string) =>
  useQuery({
    queryKey: ['patient', id],
    queryFn: ({ signal }) => dataOf(api.GET('/doctors/me/patients/{id}', { params: { path: { id } }, signal })),
  });
