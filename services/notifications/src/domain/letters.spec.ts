import { describe, expect, it } from '@jest/globals';
import { letterOf, wayOf } from './letters.js';
import { locales, texts } from './texts.js';

const letter = (contact: object = {}) =>
  letterOf({
    id: 'n1',
    contact: { email: 'amina@example.tn', locale: 'fr', firstName: 'Amina', lastName: 'Ben Salah', ...contact },
    title: 'Rendez-vous confirmé',
    body: 'Dr <Karim> a accepté.',
    way: 'appointments',
    url: 'https://medflow.example/appointments',
  });

describe('a letter', () => {
  it.each(locales)('in %s says the same as text and as HTML, in the direction of its script', (locale) => {
    const { text, html } = letter({ locale });
    expect(html).toContain(`<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">`);
    expect(html).toContain('href="https://medflow.example/appointments"');
    expect(html).toContain(texts[locale].letter.ways.appointments.button);
    expect(text).toContain('https://medflow.example/appointments');
    for (const form of [text, html]) {
      expect(form).toContain('Amina');
      expect(form).toContain(texts[locale].letter.footer);
      expect(form).not.toMatch(/\{\w+\}/);
    }
  });

  it('lets no name become markup or template', () => {
    const { text, html } = letter({ firstName: '<img src=x onerror=alert(1)>$&"' });
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;$&amp;&quot;');
    expect(text).toContain('Bonjour <img src=x onerror=alert(1)>$&",');
    expect(html).toContain('Dr &lt;Karim&gt; a accepté.');
  });

  it.each([
    ['appointment-accepted', 'appointments', '/appointments'],
    ['review-invited', 'rate', '/appointments/a%26b/rate'],
    ['review-submitted', 'reviews', '/avis'],
    ['payment-failed', 'pay', '/appointments/a%26b/pay'],
    ['payment-captured', 'payments', '/payments'],
  ] as const)('of %s leads to %s', (kind, way, path) => {
    expect(wayOf({ kind, side: 'patient', appointmentId: 'a&b' })).toEqual({ way, path });
  });

  it('leads who is to pay next to the page where they pay', () => {
    const accepted = { kind: 'appointment-accepted', variant: 'due', appointmentId: 'a1' } as const;
    expect(wayOf({ ...accepted, side: 'patient' }).path).toBe('/appointments/a1/pay');
    expect(wayOf({ ...accepted, side: 'doctor' }).path).toBe('/appointments');
  });

  it.each(locales)('in %s names what its button does, whichever it is', (locale) => {
    const { ways } = texts[locale].letter;
    const buttons = Object.values(ways).map(({ button }) => button);
    expect(new Set(buttons).size).toBe(buttons.length);
    for (const { link } of Object.values(ways)) expect(link).toContain('{url}');
  });
});
