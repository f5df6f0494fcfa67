import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../../lib/api';
import { whileAway } from '../../lib/queries';
import { ProblemError } from '../../lib/problems';
import { readAgain } from '../../lib/write';

export type Entry = Schemas['EntryView'];
export type EntryBody = Schemas['EntryBody'];
export type RecordPage = Schemas['RecordView'];
export type Vitals = Schemas['VitalsView'];
export type Measure = Vitals['measure'];
export type AccessLine = Schemas['AccessLineView'];
export type EmergencyAccess = Schemas['EmergencyAccessView'];

/** The patient's own record. */
export const OWN = 'me';

/** Each reading is written in the access log: it happens when somebody opens something, not when they come back to a window. */
const onOpening = {
  staleTime: 60_000,
  refetchOnWindowFocus: false,
  retry: (failures: number, error: Error) => whileAway(failures, error) || (failures < 2 && isTemporary(error)),
} as const;
const isTemporary = (error: Error) => !(error instanceof ProblemError) || error.isTemporary;

const pages = {
  initialPageParam: '',
  getNextPageParam: (last: { nextCursor: string | null }) => last.nextCursor ?? undefined,
};

export const useRecord = (patientId: string, { kind = '', q = '' } = {}) =>
  useInfiniteQuery({
    queryKey: ['record', patientId, 'page', kind, q],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...(kind && { kind }), ...(q && { q }), ...(pageParam && { cursor: pageParam }) };
      const params = { path: { patientId }, query: query as never };
      return dataOf(api.GET('/patients/{patientId}/record', { params, signal }));
    },
    placeholderData: keepPreviousData,
    ...pages,
    ...onOpening,
  });

export const measures: readonly Measure[] = [
  'blood-pressure',
  'weight',
  'height',
  'glucose',
  'temperature',
  'heart-rate',
  'oxygen-saturation',
];

/** All measures, one after the other: each reading is a line that seals the one before it. */
export const useVitals = (patientId: string) =>
  useQuery({
    queryKey: ['record', patientId, 'vitals'],
    queryFn: async ({ signal }) => {
      const all: Vitals[] = [];
      for (const measure of measures) {
        const params = { path: { patientId }, query: { measure } as never };
        all.push(await dataOf(api.GET('/patients/{patientId}/record/vitals', { params, signal })));
      }
      return all;
    },
    ...onOpening,
  });

export const useEntry = (patientId: string, entryId: string) =>
  useQuery({
    queryKey: ['record', patientId, 'entry', entryId],
    queryFn: ({ signal }) => {
      const params = { path: { patientId, entryId } };
      return dataOf(api.GET('/patients/{patientId}/record/entries/{entryId}', { params, signal }));
    },
    ...onOpening,
  });

export const useVersions = (patientId: string, entryId: string, enabled: boolean) =>
  useQuery({
    queryKey: ['record', patientId, 'versions', entryId],
    queryFn: ({ signal }) => {
      const params = { path: { patientId, entryId } };
      return dataOf(api.GET('/patients/{patientId}/record/entries/{entryId}/versions', { params, signal }));
    },
    enabled,
    ...onOpening,
  });

const LINES = 100;

export const useAccessLog = () =>
  useInfiniteQuery({
    queryKey: ['record', OWN, 'access-log'],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: LINES, ...(pageParam && { cursor: pageParam }) };
      const params = { path: { patientId: OWN }, query: query as never };
      return dataOf(api.GET('/patients/{patientId}/record/access-log', { params, signal }));
    },
    ...pages,
    ...onOpening,
    staleTime: 0,
  });

/** What is shown of the record is read again. */
export function useReadRecordAgain(patientId: string) {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['record', patientId] });
}

export function useWriting(patientId: string) {
  const again = useReadRecordAgain(patientId);
  return useMutation({
    mutationFn: ({ body, key }: { body: EntryBody; key: string }) => {
      const params = { path: { patientId }, header: { 'Idempotency-Key': key } };
      return dataOf(api.POST('/patients/{patientId}/record/entries', { params, body }));
    },
    // Not waited for: the page that shows it reads it.
    onSuccess: () => void again(),
  });
}

const versioned = (patientId: string, { id, version }: Pick<Entry, 'id' | 'version'>) => ({
  path: { patientId, entryId: id },
  header: { 'If-Match': `"${version}"` },
});

export function useCorrection(patientId: string) {
  const again = useReadRecordAgain(patientId);
  return useMutation({
    mutationFn: ({ entry, body }: { entry: Pick<Entry, 'id' | 'version'>; body: EntryBody & { reason: string } }) => {
      const params = versioned(patientId, entry);
      return dataOf(api.PUT('/patients/{patientId}/record/entries/{entryId}', { params, body }));
    },
    onSettled: () => void again(),
  });
}

export function useWithdrawal(patientId: string) {
  const again = useReadRecordAgain(patientId);
  return useMutation({
    mutationFn: ({ entry, reason }: { entry: Entry; reason: string }) => {
      const params = versioned(patientId, entry);
      const body = { reason };
      return dataOf(api.POST('/patients/{patientId}/record/entries/{entryId}/withdraw', { params, body }));
    },
    onSettled: readAgain(again),
  });
}

export function useEmergencyAccess(patientId: string) {
  return useMutation({
    mutationFn: ({ reason, key }: { reason: string; key: string }) => {
      const params = { path: { patientId }, header: { 'Idempotency-Key': key } };
      return dataOf(api.POST('/patients/{patientId}/record/emergency-access', { params, body: { reason } }));
    },
  });
}

export const useEmergencies = (state: string) =>
  useInfiniteQuery({
    queryKey: ['emergencies', state],
    queryFn: ({ pageParam, signal }) => {
      const query = { state, ...(pageParam && { cursor: pageParam }) } as never;
      return dataOf(api.GET('/admin/emergency-accesses', { params: { query }, signal }));
    },
    ...pages,
  });

export function useReview() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string; verdict: 'justified' | 'unjustified'; comment?: string }) =>
      dataOf(api.POST('/admin/emergency-accesses/{id}/review', { params: { path: { id } }, body })),
    onSettled: readAgain(() => queries.invalidateQueries({ queryKey: ['emergencies'] })),
  });
}
