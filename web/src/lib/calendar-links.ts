/** What a calendar is told of a visit. */
export interface CalendarEntry {
  title: string;
  startsAt: string;
  endsAt: string;
  place: string | undefined;
}

/** `2026-11-23T09:30:00.000Z` → `20261123T093000Z` */
const compact = (instant: string): string => `${instant.slice(0, 19).replace(/[-:]/g, '')}Z`;

export function googleCalendarUrl({ title, startsAt, endsAt, place }: CalendarEntry): string {
  const dates = `${compact(startsAt)}/${compact(endsAt)}`;
  const query = new URLSearchParams({ action: 'TEMPLATE', text: title, dates, ...(place && { location: place }) });
  return `https://calendar.google.com/calendar/render?${query}`;
}

export function outlookCalendarUrl({ title, startsAt, endsAt, place }: CalendarEntry): string {
  const query = new URLSearchParams({
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: title,
    startdt: startsAt,
    enddt: endsAt,
    ...(place && { location: place }),
  });
  return `https://outlook.live.com/calendar/0/deeplink/compose?${query}`;
}

export const directionsUrl = (place: string): string =>
  `https://www.google.com/maps/dir/?${new URLSearchParams({ api: '1', destination: place })}`;
