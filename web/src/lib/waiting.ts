import { useQuery } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from './api';

export type VisitState = Schemas['ConsultationView'];
export type Participant = VisitState['participants'][number];

/** News arrive over the live line; this is for when it is down. */
const LOOK_EVERY_MS = 30_000;

/** For doctors: the visits in which somebody waits. */
export const useWaiting = () =>
  useQuery({
    queryKey: ['consultations'],
    queryFn: ({ signal }) => dataOf(api.GET('/consultations', { signal })),
    refetchInterval: LOOK_EVERY_MS,
  });
