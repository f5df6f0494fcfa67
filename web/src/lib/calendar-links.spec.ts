import { describe, expect, it } from 'vitest';
import { directionsUrl, googleCalendarUrl, outlookCalendarUrl } from './calendar-links';

const entry = {
  title: 'Rendez-vous avec Dr Leïla & Fils',
  startsAt: '2026-11-23T09:30:00.000Z',
  endsAt: '2026-11-23T10:00:00.000Z',
  place: '3, rue de Marseille, Tunis',
};
const asked = (url: string) => Object.fromEntries(new URL(url).searchParams);

describe('links of other calendars', () => {
  it('carry title, time in UTC and place', () => {
    expect(asked(googleCalendarUrl(entry))).toEqual({
      action: 'TEMPLATE',
      text: entry.title,
      dates: '20261123T093000Z/20261123T100000Z',
      location: entry.place,
    });
    expect(asked(outlookCalendarUrl(entry))).toMatchObject({
      subject: entry.title,
      startdt: entry.startsAt,
      enddt: entry.endsAt,
      location: entry.place,
    });
  });

  it('say nothing of a place where there is none', () => {
    const nowhere = { ...entry, place: undefined };
    for (const url of [googleCalendarUrl(nowhere), outlookCalendarUrl(nowhere)])
      expect(asked(url)).not.toHaveProperty('location');
  });

  it('lead to the address', () => {
    expect(asked(directionsUrl(entry.place))).toEqual({ api: '1', destination: entry.place });
  });
});
