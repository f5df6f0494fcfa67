import { describe, expect, it } from '@jest/globals';
import { kinds, notificationsOf, type Person } from './notification.js';
import { locales } from './locale.js';
import { filled, moneyOf, texts, whenOf, wordsFor } from './texts.js';

const news = {
  eventId: 'e1',
  appointmentId: 'a1',
  doctorId: 'd1',
  patientId: 'p1',
  startsAt: new Date('2026-11-30T08:00:00Z'),
  at: new Date('2026-11-23T08:00:00Z'),
};
const karim: Person = { id: 'd1', firstName: 'Karim', lastName: 'Trabelsi' };

describe('texts', () => {
  it.each(
    locales.flatMap((locale) =>
      kinds.flatMap((kind) => (['patient', 'doctor'] as const).map((by) => [locale, kind, by] as const)),
    ),
  )('%s has words for %s by the %s on every side that reads it', (locale, kind, by) => {
    const startsAt = kind.startsWith('appointment-') ? news.startsAt : null;
    const amount = { amount: 60_000, currency: 'TND' };
    for (const notification of notificationsOf({ ...news, startsAt, kind, by, amount })) {
      const { title, body } = wordsFor(notification, karim, locale, 'Africa/Tunis');
      expect(title).not.toBe('');
      expect(body).toContain('Karim Trabelsi');
      expect(body.includes('2026')).toBe(kind.startsWith('appointment-'));
      expect(/(TND\s60|60\sTND)\b/.test(body)).toBe(kind.startsWith('payment-'));
      expect(body).not.toMatch(/[{}]/);
    }
  });

  it.each(locales)('%s tells each side of a yes that is to be paid next, and of a hold that nobody paid', (locale) => {
    const amount = { amount: 60_000, currency: 'TND' };
    const due = notificationsOf({ ...news, kind: 'appointment-accepted', variant: 'due', amount });
    const unpaid = notificationsOf({ ...news, kind: 'appointment-expired', variant: 'unpaid' });
    const bodies = [...due, ...unpaid].map((one) => wordsFor(one, karim, locale, 'Africa/Tunis').body);
    expect(bodies.map((body) => /(TND\s60|60\sTND)\b/.test(body))).toEqual([true, false, false]);
  });

  it.each(locales)('%s tells why a visit was called off that nobody wished to', (locale) => {
    const causes = [undefined, 'doctor-unavailable', 'unsuitable-by-video'] as const;
    const bodies = causes.map((variant) => {
      const [forPatient] = notificationsOf({ ...news, kind: 'appointment-cancelled', by: 'doctor', variant });
      return wordsFor(forPatient!, karim, locale, 'Africa/Tunis').body;
    });
    expect(new Set(bodies).size).toBe(3);
    expect(bodies[2]).toMatch(/vidéo|video|الفيديو/);
  });

  it.each(locales)('%s names nobody and no time outside its placeholders, and leaves none out', (locale) => {
    const { patient, doctor, letter } = texts[locale];
    for (const [kind, { body }] of [...Object.entries(patient), ...Object.entries(doctor)]) {
      const placeholders = [
        ...(kind.startsWith('payment-') || kind.endsWith('-due') ? ['{amount}'] : []),
        '{name}',
        ...(kind.startsWith('appointment-') ? ['{when}'] : []),
      ];
      expect([...body.matchAll(/\{\w+\}/g)].map(String).sort()).toEqual(placeholders);
    }
    expect(letter.greeting).toContain('{name}');
  });

  it.each([
    // Tunisia has kept UTC+1 the year round since 2009.
    ['fr', 'Africa/Tunis', '2026-11-30T08:00:00Z', 'lundi 30 novembre 2026, 09:00 UTC+1'],
    ['fr', 'Africa/Tunis', '2026-07-01T08:00:00Z', 'mercredi 1 juillet 2026, 09:00 UTC+1'],
    // France: an hour later in summer; the hour 02:30 of 25 October comes twice.
    ['en', 'Europe/Paris', '2026-12-01T08:00:00Z', 'Tuesday, 1 December 2026, 09:00 CET'],
    ['en', 'Europe/Paris', '2026-07-01T08:00:00Z', 'Wednesday, 1 July 2026, 10:00 CEST'],
    ['en', 'Europe/Paris', '2026-10-25T00:30:00Z', 'Sunday, 25 October 2026, 02:30 CEST'],
    ['en', 'Europe/Paris', '2026-10-25T01:30:00Z', 'Sunday, 25 October 2026, 02:30 CET'],
    // Another day for the reader than in UTC, and midnight is 00.
    ['en', 'Africa/Tunis', '2026-11-30T23:00:00Z', 'Tuesday, 1 December 2026, 00:00 CET'],
    ['ar', 'Africa/Tunis', '2026-11-30T08:00:00Z', 'الاثنين، 30 نوفمبر 2026, 09:00 غرينتش+1'],
  ] as const)('tells in %s and %s that %s is %s', (locale, timeZone, instant, expected) => {
    expect(whenOf(new Date(instant), locale, timeZone)).toBe(expected);
  });

  it('falls back to the time of Tunis where a zone is unknown here', () => {
    expect(whenOf(news.startsAt, 'fr', 'Mars/Olympus')).toBe(whenOf(news.startsAt, 'fr', 'Africa/Tunis'));
  });

  it('does without a name that has not arrived yet', () => {
    const [forPatient, forDoctor] = notificationsOf({ ...news, kind: 'appointment-accepted' });
    const bodies = [undefined, { ...karim, firstName: '', lastName: '' }].flatMap((nobody) => [
      wordsFor(forPatient!, nobody, 'fr', 'Africa/Tunis').body,
      wordsFor(forDoctor!, nobody, 'fr', 'Africa/Tunis').body,
    ]);
    expect(bodies).toEqual([
      expect.stringMatching(/^Votre médecin a accepté/),
      expect.stringContaining('avec un patient'),
      expect.stringMatching(/^Votre médecin a accepté/),
      expect.stringContaining('avec un patient'),
    ]);
  });

  it.each([
    ['fr', 'TND', 60_000, /^60\s?TND$/],
    ['fr', 'TND', 60_500, /^60,500\s?TND$/],
    ['en', 'TND', 60_005, /^TND\s?60\.005$/],
    ['ar', 'TND', 60_000, /^\u200f?60\s?TND$/],
    ['fr', 'EUR', 4_550, /^45,50\s?EUR$/],
    ['en', 'JPY', 500, /^JPY\s?500$/],
  ] as const)('writes in %s the minor units of %s: %d', (locale, currency, amount, expected) => {
    expect(moneyOf({ amount, currency }, locale)).toMatch(expected);
  });

  it('takes names word for word, whatever they look like', () => {
    expect(filled('{name}, {when}', 'fr', { name: '{when} $& $1', when: 'x' })).toBe('{when} $& $1, x');
  });
});
