import { describe, expect, it } from '@jest/globals';
import { kinds, notificationsOf } from './notification.js';
import { locales, wordsFor, whenOf } from './texts.js';

const news = {
  eventId: 'e1',
  appointmentId: 'a1',
  doctorId: 'd1',
  patientId: 'p1',
  startsAt: new Date('2026-11-30T08:00:00Z'),
  at: new Date('2026-11-23T08:00:00Z'),
};
const person = { id: 'd1', firstName: 'Karim', lastName: 'Trabelsi', locale: 'fr', timeZone: 'Africa/Tunis' } as const;

describe('texts', () => {
  it.each(locales.flatMap((locale) => kinds.map((kind) => [locale, kind] as const)))(
    '%s has words for %s on every side that reads it',
    (locale, kind) => {
      for (const notification of notificationsOf({ ...news, kind })) {
        const { title, body } = wordsFor(notification, person, locale, 'Africa/Tunis');
        expect(title).not.toBe('');
        expect(body).toContain('Karim Trabelsi');
        expect(body).not.toContain('{');
      }
    },
  );

  it('tells the time of the reader, daylight saving included', () => {
    expect(whenOf(news.startsAt, 'fr', 'Africa/Tunis')).toMatch(/lundi 30 novembre 2026, 09:00/);
    expect(whenOf(new Date('2026-07-01T08:00:00Z'), 'en', 'Europe/Paris')).toMatch(/10:00/);
    expect(whenOf(new Date('2026-12-01T08:00:00Z'), 'en', 'Europe/Paris')).toMatch(/09:00/);
  });

  it('does without a name that has not arrived yet', () => {
    const [forPatient] = notificationsOf({ ...news, kind: 'appointment-accepted' });
    expect(wordsFor(forPatient!, undefined, 'fr', 'Africa/Tunis').body).toMatch(/^Votre docteur a accepté/);
  });
});
