import { describe, expect, it } from '@jest/globals';
import { accountLetterKinds } from './account-letter.js';
import { accountWayOf, bundleOf, letterOf, wayOf } from './letters.js';
import { locales } from './locale.js';
import { texts } from './texts.js';

const letter = (contact: object = {}) =>
  letterOf({
    id: 'n1',
    contact: {
      email: 'amina@example.tn',
      emailVerified: true,
      locale: 'fr',
      firstName: 'Amina',
      lastName: 'Ben Salah',
      ...contact,
    },
    title: 'Rendez-vous confirmé',
    body: 'Dr <Karim> a accepté.',
    way: 'appointment',
    url: 'https://medflow.example/appointments',
  });

describe('a letter', () => {
  it.each(locales)('in %s says the same as text and as HTML, in the direction of its script', (locale) => {
    const { text, html } = letter({ locale });
    expect(html).toContain(`<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">`);
    expect(html).toContain('href="https://medflow.example/appointments"');
    expect(html).toContain(texts[locale].letter.ways.appointment.button);
    expect(text).toContain('https://medflow.example/appointments');
    for (const form of [text, html]) {
      expect(form).toContain('Amina');
      expect(form).toContain(texts[locale].letter.footer);
      expect(form).not.toMatch(/\{\w+\}/);
    }
  });

  it.each(locales)('of several news in %s lists them in order, as text and as HTML', (locale) => {
    const contact = {
      email: 'amina@example.tn',
      emailVerified: true,
      locale,
      firstName: 'Amina',
      lastName: 'Ben Salah',
    };
    const items = ['un', 'deux', 'trois'].map((title) => ({ title, body: `<${title}>` }));
    const url = 'https://medflow.example/notifications';
    const { subject, text, html } = bundleOf({ id: 'b1', contact, items, url });
    expect(subject).toContain('3');
    expect(text).toMatch(/un\n<un>\n\ndeux\n<deux>\n\ntrois\n<trois>/);
    expect(html).toMatch(/<strong>un<\/strong><br>&lt;un&gt;[^]*deux[^]*&lt;trois&gt;/);
    expect([text, html].every((form) => form.includes(url) && !/\{\w+\}/.test(form))).toBe(true);
  });

  it.each([
    [2, 'إشعاران من MedFlow'],
    [3, '3 إشعارات من MedFlow'],
    [11, '11 إشعارًا من MedFlow'],
    [100, '100 إشعار من MedFlow'],
  ])('counts news in Arabic as Arabic counts: %d', (count, subject) => {
    const contact = { email: 'a@example.tn', emailVerified: true, locale: 'ar', firstName: '', lastName: '' } as const;
    const items = Array.from({ length: count }, () => ({ title: 't', body: 'b' }));
    expect(bundleOf({ id: 'b1', contact, items, url: 'https://medflow.example' }).subject).toBe(subject);
  });

  it('lets no name become markup or template', () => {
    const { text, html } = letter({ firstName: '<img src=x onerror=alert(1)>$&"' });
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;$&amp;&quot;');
    expect(text).toContain('Bonjour <img src=x onerror=alert(1)>$&",');
    expect(html).toContain('Dr &lt;Karim&gt; a accepté.');
  });

  it.each([
    ['appointment-requested', 'appointment', '/appointments/a%26b'],
    ['appointment-accepted', 'appointment', '/appointments/a%26b'],
    ['appointment-cancelled', 'appointment', '/appointments/a%26b'],
    ['review-invited', 'rate', '/appointments/a%26b/rate'],
    ['review-submitted', 'reviews', '/reviews'],
    ['payment-failed', 'pay', '/appointments/a%26b/pay'],
    ['payment-captured', 'payments', '/payments'],
  ] as const)('of %s leads to %s', (kind, way, path) => {
    expect(wayOf({ kind, side: 'patient', appointmentId: 'a&b' })).toEqual({ way, path });
  });

  it('leads who is to pay next to the page where they pay', () => {
    const accepted = { kind: 'appointment-accepted', variant: 'due', appointmentId: 'a1' } as const;
    expect(wayOf({ ...accepted, side: 'patient' }).path).toBe('/appointments/a1/pay');
    expect(wayOf({ ...accepted, side: 'doctor' }).path).toBe('/appointments/a1');
  });

  it('leads a doctor who is asked to where they answer', () => {
    const asked = { kind: 'appointment-requested', side: 'doctor', appointmentId: 'a1' } as const;
    expect(wayOf(asked)).toEqual({ way: 'answer', path: '/appointments/a1' });
  });

  it.each([
    ['verification', '/verify-email#token=a.b'],
    ['recovery', '/reset-password#token=a.b'],
    ['credentials-changed', '/forgot-password'],
    ['suspended', '/sign-in'],
    ['reinstated', '/sign-in'],
  ] as const)('about %s leads to %s, with the token where no log sees it', (kind, path) => {
    expect(accountWayOf(kind, 'a.b').path).toBe(path);
  });

  it.each(locales)('about an account has words in %s that name nobody and promise nothing medical', (locale) => {
    for (const kind of accountLetterKinds) {
      const { title, body } = texts[locale].account[kind];
      expect(title.length).toBeGreaterThan(5);
      expect(body.length).toBeGreaterThan(30);
      expect(title + body).not.toMatch(/[{}]/);
    }
  });

  it.each(locales)('in %s greets somebody who may be a stranger without a name', (locale) => {
    const { text, to } = letter({ locale, firstName: '', lastName: '' });
    expect(text.split('\n')[0]).toBe(texts[locale].letter.unnamedGreeting);
    expect(to.name).toBe('');
  });

  it.each(locales)('in %s names what its button does, whichever it is', (locale) => {
    const { ways } = texts[locale].letter;
    const buttons = Object.values(ways).map(({ button }) => button);
    expect(new Set(buttons).size).toBe(buttons.length);
    for (const { link } of Object.values(ways)) expect(link).toContain('{url}');
  });
});
