import { useQuery } from '@tanstack/react-query';
import { api, dataOf } from './api';

/** A doctor as everybody sees them. */
export const useDoctor = (id: string, enabled = true) =>
  useQuery({
    queryKey: ['doctor', id],
    queryFn: ({ signal }) => dataOf(api.GET('/doctors/{id}', { params: { path: { id } }, signal })),
    enabled,
  });
