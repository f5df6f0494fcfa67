import { Access, namedIn } from '@medflow/access';

interface Owned {
  readonly accountId: string;
}

const theirOwn = namedIn('accountId');

/** Who may do what with accounts, sessions and the keys that sign tokens. */
export const access = new Access<{ account: Owned; session: Owned; 'signing-key': unknown }>('identity', {
  'Anybody may open an account.': { who: 'anyone', may: 'open', on: 'account', purpose: 'own' },
  'Anybody may begin a session by a password, go on with it and end it by its cookie: these are the proof.': {
    who: 'anyone',
    may: ['begin', 'renew', 'leave'],
    on: 'session',
    purpose: 'own',
  },
  'Anybody may prove an address or set a new password by the link of a letter, and ask for the letter that recovers an account.':
    {
      who: 'anyone',
      may: ['verify-address', 'ask-recovery', 'reset-password'],
      on: 'account',
      purpose: 'own',
    },
  'Anybody may read the public keys that tokens are checked with.': {
    who: 'anyone',
    may: 'read',
    on: 'signing-key',
    purpose: 'public',
  },
  'Everybody signed in may read their own account, change its password and ask for the letter that proves its address.':
    {
      who: 'signed-in',
      may: ['read', 'change-password', 'ask-verification'],
      on: 'account',
      purpose: 'own',
      relation: theirOwn,
    },
  'Everybody signed in may see and end their own sessions.': {
    who: 'signed-in',
    may: ['list', 'end'],
    on: 'session',
    purpose: 'own',
    relation: theirOwn,
  },
  'An administrator may find, suspend and reinstate accounts.': {
    who: 'admin',
    may: ['find', 'suspend', 'reinstate'],
    on: 'account',
    purpose: 'administration',
  },
  'Services may ask where to write to somebody, and for the link that goes into a letter.': {
    who: 'service',
    may: ['contact', 'link'],
    on: 'account',
    purpose: 'operation',
  },
  'Services may ask which sessions have ended.': {
    who: 'service',
    may: 'list-ended',
    on: 'session',
    purpose: 'operation',
  },
  'Operators may have the signing key changed, by a command of this installation.': {
    who: 'service',
    may: 'rotate',
    on: 'signing-key',
    purpose: 'operation',
  },
});
