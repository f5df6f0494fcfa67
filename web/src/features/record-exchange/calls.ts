import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../../lib/api';
import { readAgain, useCreation } from '../../lib/write';

export type SharedLink = Schemas['SharedLinkView'];
export type Import = Schemas['ImportView'];
export type ImportItem = Schemas['ImportItemView'];

const LINKS = ['record', 'links'];

export const useLinks = () =>
  useQuery({ queryKey: LINKS, queryFn: ({ signal }) => dataOf(api.GET('/patients/me/record/links', { signal })) });

export interface NewLink {
  label: string;
  passcode: string;
  expiresAt: string;
}

export function useShare() {
  const queries = useQueryClient();
  return useCreation(
    ({ label, passcode, expiresAt }: NewLink, key) =>
      dataOf(
        api.POST('/patients/me/record/links', {
          params: { header: { 'Idempotency-Key': key } },
          body: { expiresAt, ...(label && { label }), ...(passcode && { passcode }) },
        }),
      ),
    { onSuccess: () => void queries.invalidateQueries({ queryKey: LINKS }) },
  );
}

export function useRevoke() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (linkId: string): Promise<void> => {
      await dataOf(api.DELETE('/patients/me/record/links/{linkId}', { params: { path: { linkId } } }));
    },
    onSettled: readAgain(() => queries.invalidateQueries({ queryKey: LINKS })),
  });
}

export function useImport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ bundle, dryRun }: { bundle: object; dryRun: boolean }): Promise<Import> =>
      dataOf(
        api.POST('/patients/me/record/import', {
          params: { query: { dryRun: dryRun ? 'true' : 'false' } },
          body: bundle as never,
          headers: { 'content-type': 'application/fhir+json' },
        }),
      ),
    onSettled: readAgain(() => queries.invalidateQueries({ queryKey: ['record'] })),
  });
}
