import { beforeEach, describe, expect, it } from '@jest/globals';
import { type AccountLetter, type AccountLetterKind, accountLetterKinds } from '../domain/account-letter.js';
import { type Contact, Contacts, type Letter, type LinkedContact } from '../domain/ports.js';
import { locales } from '../domain/locale.js';
import { texts } from '../domain/texts.js';
import { LetterWriter } from './letter-writer.js';

class Identity extends Contacts {
  contact: Contact | undefined;
  linked: LinkedContact | undefined;
  readonly asked: AccountLetter[] = [];
  of = async () => this.contact;
  async linkFor(letter: AccountLetter) {
    this.asked.push(letter);
    return this.linked;
  }
}

const reader = (over: Partial<Contact> = {}): Contact => ({
  email: 'amina@example.tn',
  emailVerified: true,
  locale: 'fr',
  firstName: 'Amina',
  lastName: 'Ben Salah',
  ...over,
});
const about = (kind: AccountLetterKind): Letter => ({
  id: 'l1',
  attempts: 1,
  queuedAt: new Date(),
  claim: 'c',
  account: { id: 'l1', accountId: 'p1', kind },
});
const news: Letter = {
  id: 'n1',
  attempts: 1,
  queuedAt: new Date(),
  claim: 'c',
  notification: {
    id: 'n1',
    accountId: 'p1',
    kind: 'appointment-accepted',
    side: 'patient',
    otherId: 'd1',
    appointmentId: 'a1',
    startsAt: new Date('2026-11-30T08:00:00Z'),
    byReader: false,
    reason: null,
    createdAt: new Date('2026-11-01T08:00:00Z'),
    readAt: null,
  },
};

describe('a letter', () => {
  let identity: Identity;
  beforeEach(() => {
    identity = new Identity();
  });
  const write = (letter: Letter, provenOnly = true) =>
    new LetterWriter(
      identity,
      { of: async () => undefined },
      { value: 'https://medflow.example' },
      { provenOnly },
    ).write(letter, new Map());

  it.each(locales)(
    'that proves an address brings its link in %s, and nothing that a stranger typed',
    async (locale) => {
      identity.linked = {
        ...reader({ emailVerified: false, locale, firstName: 'Buy at evil.example' }),
        token: 'p1.abc',
      };
      const mail = (await write(about('verification')))!;
      expect(identity.asked).toEqual([{ id: 'l1', accountId: 'p1', kind: 'verification' }]);
      expect(mail).toMatchObject({ id: 'l1', to: { name: '', address: 'amina@example.tn' } });
      expect(mail.subject).toBe(texts[locale].account.verification.title);
      for (const form of [mail.text, mail.html]) {
        expect(form).toContain('https://medflow.example/verify-email#token=p1.abc');
        expect(form).not.toMatch(/evil|Ben Salah/);
      }
    },
  );

  it('that recovers an account greets its owner by name where the address is proven', async () => {
    identity.linked = { ...reader(), token: 'p1.abc' };
    expect((await write(about('recovery')))!.text).toContain('Bonjour Amina,');
    identity.linked = { ...reader({ emailVerified: false }), token: 'p1.abc' };
    expect((await write(about('recovery')))!.text).not.toContain('Amina');
  });

  it.each(['verification', 'recovery'] as const)(
    'with a link for %s is done with where the link is over',
    async (kind) => {
      expect(await write(about(kind))).toBeUndefined();
    },
  );

  const withoutLink: [string, Letter][] = [
    ['an appointment', news],
    ...accountLetterKinds
      .filter((kind) => kind !== 'verification' && kind !== 'recovery')
      .map((kind): [string, Letter] => [kind, about(kind)]),
  ];

  it.each(withoutLink)('about %s does not go to an address that nobody has proven', async (_, letter) => {
    identity.contact = reader({ emailVerified: false });
    expect(await write(letter)).toBeUndefined();
  });

  it.each(withoutLink)(
    'about %s goes where it is proven, and to all where the operator asks for no proof',
    async (_, letter) => {
      identity.contact = reader();
      expect((await write(letter))!.to).toEqual({ name: 'Amina Ben Salah', address: 'amina@example.tn' });
      identity.contact = reader({ emailVerified: false });
      expect((await write(letter, false))!.to.address).toBe('amina@example.tn');
    },
  );

  it.each(withoutLink)('about %s is done with where the account is gone', async (_, letter) => {
    expect(await write(letter)).toBeUndefined();
  });
});
