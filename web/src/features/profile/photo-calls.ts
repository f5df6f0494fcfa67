import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from '../../lib/api';
import type { Side } from '../../lib/visit';

const paths = { doctor: '/doctors/me/photo', patient: '/patients/me/photo' } as const;

const send = (side: Side, image: Blob) =>
  dataOf(
    api.PUT(paths[side], {
      body: image as never,
      bodySerializer: (body) => body as never,
      headers: { 'content-type': image.type },
    }),
  );

/** What is shown of oneself is read again afterwards: the profile's version has moved as well. */
function useReadAgain(side: Side) {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['profile', side] });
}

export function useSendPhoto(side: Side) {
  const onSuccess = useReadAgain(side);
  return useMutation({ mutationFn: (image: Blob) => send(side, image), onSuccess });
}

/** @returns of the mutation: the photo that is gone, to be sent once more where that was a mistake */
export function useRemovePhoto(side: Side) {
  const onSuccess = useReadAgain(side);
  return useMutation({
    mutationFn: async (url: string) => {
      const photo = await fetch(url).then((response) => response.blob());
      await dataOf(api.DELETE(paths[side]));
      return photo;
    },
    onSuccess,
  });
}
