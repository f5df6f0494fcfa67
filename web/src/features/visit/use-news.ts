import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Participant } from '../../lib/waiting';
import { useSay } from './announcer';
import type { CallView, Seat } from './call';
import { type Known, newsOf } from './news';

/** Reads out who comes and goes, and how the connection changes. */
export function useNews(
  present: readonly [Seat, Participant][],
  self: CallView['self'],
  all: readonly Participant[],
): void {
  const { t } = useTranslation();
  const say = useSay();
  const before = useRef<Known>(undefined);
  const now: Known = {
    seats: present.map(([{ id, state, said }, { name }]) => ({ id, name, state, isSharing: said?.screen === true })),
    isWeak: self.isWeak,
    isSharing: self.screen,
    waiting: all.filter(({ state }) => state === 'waiting').map(({ id, name }) => ({ id, name })),
  };
  useEffect(() => {
    for (const [key, name] of newsOf(before.current, now)) say(t(`call.say.${key}`, { name }));
    before.current = now;
  });
}
