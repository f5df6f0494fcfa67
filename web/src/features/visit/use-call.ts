import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { LiveLine } from '../../lib/live-line';
import type { VisitState } from '../../lib/waiting';
import { Call, type CallView } from './call';
import { CONSULTATION } from './calls';
import { thisDevice } from './device';
import type { LocalMedia } from './local-media';

interface SignalNews {
  appointmentId: string;
  from: string;
  data: unknown;
}

/** Keeps the server told that this device is in the visit, and the page told of what happens in it. */
export function usePresence(state: VisitState, line: LiveLine, isJoined: boolean, onMoved: () => void): void {
  const queries = useQueryClient();
  const { appointmentId, self } = state;
  const moved = useRef(onMoved);
  moved.current = onMoved;
  // Somebody's device is another one; the state that is read then says whose.
  const isMaybeMoved = useRef(false);
  const { device = '' } = state.participants.find(({ id }) => id === self) ?? {};
  useEffect(() => {
    if (!isJoined || !isMaybeMoved.current || device === thisDevice()) return;
    isMaybeMoved.current = false;
    moved.current();
  }, [state, device, isJoined]);
  useEffect(() => {
    if (!isJoined) return;
    const readAgain = () => void queries.invalidateQueries({ queryKey: [CONSULTATION] });
    const enter = () => line.emit('visit:enter', { appointmentId, participantId: self, device: thisDevice() });
    const stops = [
      line.on('connect', () => {
        enter();
        readAgain();
      }),
      line.on<{ appointmentId: string }>('presence', (news) => news.appointmentId === appointmentId && readAgain()),
      line.on<{ appointmentId: string; movedTo?: string }>('consultation', (news) => {
        if (news.appointmentId !== appointmentId) return;
        if (news.movedTo !== undefined && news.movedTo !== thisDevice()) isMaybeMoved.current = true;
        readAgain();
      }),
    ];
    enter();
    return () => stops.forEach((stop) => stop());
  }, [appointmentId, self, line, isJoined, queries]);
}

/** The network's own events: another way out, or the same one again. */
function watchNetwork(changed: () => void): () => void {
  const { connection } = navigator as { connection?: EventTarget };
  addEventListener('online', changed);
  connection?.addEventListener('change', changed);
  return () => {
    removeEventListener('online', changed);
    connection?.removeEventListener('change', changed);
  };
}

/** A screen that goes dark takes the call with it on some phones. */
function keepAwake(): () => void {
  let lock: { release(): Promise<void> } | undefined;
  let isOver = false;
  const ask = () => {
    if (document.visibilityState !== 'visible') return;
    void navigator.wakeLock?.request('screen').then(
      (given) => (isOver ? void given.release() : (lock = given)),
      () => undefined,
    );
  };
  ask();
  document.addEventListener('visibilitychange', ask);
  return () => {
    isOver = true;
    document.removeEventListener('visibilitychange', ask);
    void lock?.release().catch(() => undefined);
  };
}

/** One's part of the call, from being let in until one leaves. */
export function useCall(state: VisitState, line: LiveLine, media: LocalMedia): Call | undefined {
  const [call, setCall] = useState<Call>();
  const { appointmentId, self } = state;
  const iceServers = useRef(state.iceServers);
  iceServers.current = state.iceServers;
  useEffect(() => {
    const begun = new Call({
      self,
      media,
      line: {
        send: (to, data) => line.emit('signal', { appointmentId, to, data }),
        refresh: () => line.refresh(),
      },
      open: () => new RTCPeerConnection({ iceServers: iceServers.current, bundlePolicy: 'max-bundle' }),
      newName: () => crypto.randomUUID(),
      now: () => Date.now(),
    });
    setCall(begun);
    const stops = [
      line.on<SignalNews>('signal', (news) => {
        if (news.appointmentId === appointmentId) begun.receive(news.from, news.data);
      }),
      line.on('connect', () => begun.lineIsBack()),
      watchNetwork(() => begun.networkChanged()),
      keepAwake(),
    ];
    return () => {
      stops.forEach((stop) => stop());
      begun.end();
    };
  }, [appointmentId, self, line, media]);
  const others = state.participants
    .filter(({ id, state: stands }) => id !== self && stands === 'admitted')
    .map(({ id }) => id)
    .join(' ');
  useEffect(() => call?.meet(others ? others.split(' ') : []), [call, others]);
  return call;
}

export const useCallView = (call: Call): CallView => useSyncExternalStore(call.subscribe, call.snapshot);
