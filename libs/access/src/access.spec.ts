import { describe, expect, it } from '@jest/globals';
import { Access } from './access.js';
import { EmailNotVerified, Forbidden, NotTheirs, Unauthenticated } from './errors.js';
import { addressProven, type Relation } from './policy.js';
import { type AccountSubject, nobody, service } from './subject.js';

interface Letter {
  readonly authorId: string;
  readonly sealed?: boolean;
}

class Sealed extends Error {}

const theAuthor: Relation<Letter> = { is: 'their own', holds: ({ id }, { authorId }) => id === authorId };
const access = new Access<{ letter: Letter; post: unknown }>('post', {
  'Anybody may look up where the post is.': { who: 'anyone', may: 'find', on: 'post', purpose: 'public' },
  'Patients and doctors may read and burn their own letters.': {
    who: ['patient', 'doctor'],
    may: ['read', 'burn'],
    on: 'letter',
    purpose: 'own',
    relation: theAuthor,
  },
  'A patient who has proven their address may send their own letters.': {
    who: 'patient',
    may: 'send',
    on: 'letter',
    purpose: 'own',
    relation: theAuthor,
    provided: addressProven,
  },
  'A doctor may send their own letters until they are sealed.': {
    who: 'doctor',
    may: 'send',
    on: 'letter',
    purpose: 'care',
    relation: theAuthor,
    provided: { is: 'it is not sealed', holds: (_, letter) => !letter?.sealed, refusal: () => new Sealed() },
  },
  'An administrator may burn any letter.': { who: 'admin', may: 'burn', on: 'letter', purpose: 'administration' },
  'Everybody signed in may count letters.': { who: 'signed-in', may: 'count', on: 'letter', purpose: 'public' },
  'Services may carry letters.': { who: 'service', may: 'carry', on: 'letter', purpose: 'operation' },
});

const as = (role: AccountSubject['role'], id = 'amina', proven = true): AccountSubject => ({
  role,
  id,
  addressProven: proven,
});
const own = { authorId: 'amina' };
const others = { authorId: 'karim' };

describe('access', () => {
  it('lets everybody do what anybody may', () => {
    for (const subject of [nobody, as('patient'), as('admin')])
      expect(access.admit(subject, 'find', 'post')).toBe('public');
  });

  it('asks nobody to sign in, and refuses a role that no policy speaks of', () => {
    expect(() => access.admit(nobody, 'read', 'letter')).toThrow(Unauthenticated);
    expect(() => access.admit(as('admin'), 'read', 'letter')).toThrow(Forbidden);
    expect(() => access.admit(as('patient'), 'carry', 'letter')).toThrow(Forbidden);
    expect(() => access.admit(service, 'count', 'letter')).toThrow(Forbidden);
  });

  it('answers for somebody else’s as if there were none', () => {
    expect(access.expect(as('patient'), 'read', 'letter', own)).toBe('own');
    expect(() => access.expect(as('patient'), 'read', 'letter', others)).toThrow(NotTheirs);
    expect(access.expect(as('admin'), 'burn', 'letter', others)).toBe('administration');
  });

  it('says which condition is not met, to those only whose resource it is', () => {
    const unproven = as('patient', 'amina', false);
    expect(() => access.admit(unproven, 'send', 'letter')).toThrow(EmailNotVerified);
    expect(() => access.expect(unproven, 'send', 'letter', others)).toThrow(NotTheirs);
    expect(access.admit(as('doctor'), 'send', 'letter')).toBe('care');
    expect(() => access.expect(as('doctor'), 'send', 'letter', { ...own, sealed: true })).toThrow(Sealed);
    expect(access.expect(as('doctor'), 'send', 'letter', own)).toBe('care');
  });

  it('answers the same as a question', () => {
    expect(access.allows(as('patient'), 'read', 'letter')).toBe(true);
    expect(access.allows(as('patient'), 'read', 'letter', others)).toBe(false);
    expect(access.allows(service, 'carry', 'letter')).toBe(true);
  });

  it('names everybody whom a policy speaks of', () => {
    expect(access.audience('burn', 'letter')).toEqual(['patient', 'doctor', 'admin']);
  });

  it('knows no action that no policy speaks of', () => {
    expect(() => access.audience('shred', 'letter')).toThrow('post: no policy says who may shred letter');
    expect(() => access.admit(as('admin'), 'read', 'post')).toThrow('no policy says who may read post');
  });
});
