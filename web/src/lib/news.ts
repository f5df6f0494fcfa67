import type { Schemas } from './api';

type News = Pick<Schemas['NotificationView'], 'type'> & {
  data: { appointmentId?: string | undefined; conversationId?: string | undefined };
};

/** The page of what a notification is about; undefined where there is none. */
export function pathOfNews({ type, data }: News): string | undefined {
  if (type === 'review-submitted') return '/reviews';
  if (type === 'record-entry-added') return '/record';
  if (type === 'emergency-access-opened') return '/record/access';
  if (data.conversationId) return `/messages/${encodeURIComponent(data.conversationId)}`;
  if (!data.appointmentId) return undefined;
  const page = `/appointments/${encodeURIComponent(data.appointmentId)}`;
  return type.startsWith('review-') ? `${page}/rate` : page;
}
