import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, dataOf } from './api';

export type DoctorProfile = Schemas['DoctorProfileView'];
export type Availability = Schemas['AvailabilityView'];
export type PatientProfile = Schemas['PatientProfileView'];

export const useDoctorProfile = (enabled = true) =>
  useQuery({
    queryKey: ['profile', 'doctor'],
    queryFn: ({ signal }) => dataOf(api.GET('/doctors/me', { signal })),
    enabled,
  });

export const usePatientProfile = (enabled = true) =>
  useQuery({
    queryKey: ['profile', 'patient'],
    queryFn: ({ signal }) => dataOf(api.GET('/patients/me', { signal })),
    enabled,
  });

export const useAvailability = () =>
  useQuery({
    queryKey: ['availability'],
    queryFn: ({ signal }) => dataOf(api.GET('/doctors/me/availability', { signal })),
  });

/** Saves against the version that was read; a newer one elsewhere is loaded, so that trying again saves over it knowingly. */
export function useSave<Body, Result>(
  key: readonly string[],
  save: (body: Body, headers: { 'If-Match': string }) => Promise<Result>,
  version: () => number | undefined,
) {
  const queries = useQueryClient();
  return useMutation<Result, Error, Body>({
    mutationFn: (body) => save(body, { 'If-Match': version() === undefined ? '*' : `"${version()}"` }),
    onSuccess: (result) => queries.setQueryData([...key], result),
    onError: (error) => {
      if ((error as { code?: string }).code === 'version-mismatch')
        return queries.invalidateQueries({ queryKey: [...key] });
    },
  });
}
