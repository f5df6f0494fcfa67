import type { PeerState } from './peer';

interface Named {
  id: string;
  name: string;
}

/** What has been said of a call so far. */
export interface Known {
  seats: readonly (Named & { state: PeerState; isSharing: boolean })[];
  isWeak: boolean;
  isSharing: boolean;
  waiting: readonly Named[];
}

/** Key of a sentence, and of whom. */
export type News = readonly [key: string, name: string];

/** What is to be said now. @param before undefined at the beginning */
export function newsOf(before: Known | undefined, now: Known): News[] {
  const news: News[] = [];
  for (const seat of now.seats) {
    const former = before?.seats.find(({ id }) => id === seat.id);
    const was = former?.state ?? 'waiting';
    if (seat.state === 'connected' && was !== 'connected')
      news.push([was === 'restoring' ? 'back' : 'joined', seat.name]);
    if (seat.state === 'restoring' && was === 'connected') news.push(['lost', seat.name]);
    if (seat.isSharing && !former?.isSharing) news.push(['shares', seat.name]);
  }
  for (const { id, name } of before?.seats ?? [])
    if (!now.seats.some((seat) => seat.id === id)) news.push(['left', name]);
  for (const { id, name } of now.waiting) if (!before?.waiting.some((one) => one.id === id)) news.push(['waits', name]);
  if (now.isWeak && !before?.isWeak) news.push(['poor', '']);
  if (before && now.isSharing !== before.isSharing) news.push([now.isSharing ? 'sharing' : 'notSharing', '']);
  return news;
}
