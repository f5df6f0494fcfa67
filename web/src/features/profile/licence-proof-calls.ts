import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from '../../lib/api';
import { fileAt } from '../../lib/download';

const PATH = '/doctors/me/licence-proof';

/** The profile's version, and maybe what was decided about the licence, have moved. */
function useReadAgain() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['profile', 'doctor'] });
}

export function useSendProof() {
  const onSuccess = useReadAgain();
  return useMutation({
    mutationFn: (file: Blob) =>
      dataOf(
        api.PUT(PATH, {
          body: file as never,
          bodySerializer: (body) => body as never,
          headers: { 'content-type': file.type },
        }),
      ),
    onSuccess,
  });
}

/** @returns of the mutation: the file that is gone, to be sent once more where that was a mistake */
export function useRemoveProof() {
  const onSuccess = useReadAgain();
  return useMutation({
    mutationFn: async () => {
      const file = await fileAt(PATH);
      await dataOf(api.DELETE(PATH));
      return file;
    },
    onSuccess,
  });
}

export const readOwnProof = (): Promise<Blob> => fileAt(PATH);
