import { useQuery } from '@tanstack/react-query';
import { ahead } from './ahead';
import { dataOf } from './api';

export type SeatRole = 'doctor' | 'patient' | 'interpreter' | 'carer' | 'professional';

export interface Participant {
  id: string;
  name: string;
  role: SeatRole;
  state: 'invited' | 'waiting' | 'admitted' | 'left';
  /** Of that state. */
  since: string;
  online: boolean;
  device?: string;
}

export interface VisitState {
  appointmentId: string;
  state: 'waiting' | 'admitted' | 'live' | 'finished';
  opensAt: string;
  startsAt: string;
  endsAt: string;
  position?: number;
  expectedWait?: { fromMinutes: number; toMinutes: number };
  participants: Participant[];
  iceServers: RTCIceServer[];
  relay: boolean;
  consent: { required: boolean; version: string; recorded: boolean; text: string };
  message?: string;
  /** Id of the participant who asks. */
  self: string;
}

/** News arrive over the live line; this is for when it is down. */
const LOOK_EVERY_MS = 30_000;

/** For doctors: the visits in which somebody waits. */
export const useWaiting = () =>
  useQuery({
    queryKey: ['consultations'],
    queryFn: ({ signal }) => dataOf<{ items: VisitState[] }>(ahead.GET('/consultations', { signal }) as never),
    refetchInterval: LOOK_EVERY_MS,
  });
