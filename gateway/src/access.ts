import { Access, namedIn } from '@medflow/access';

interface Owned {
  readonly accountId: string;
}

const theirOwn = namedIn('accountId');

/** Who may see the pages that the gateway composes, and hear what happens while it happens. */
export const access = new Access<{
  'patient-dashboard': Owned;
  'doctor-dashboard': Owned;
  statistics: Owned;
  news: Owned;
  rules: unknown;
}>('gateway', {
  'A patient may see their own dashboard.': {
    who: 'patient',
    may: 'read',
    on: 'patient-dashboard',
    purpose: 'own',
    relation: theirOwn,
  },
  'A doctor may see their own dashboard.': {
    who: 'doctor',
    may: 'read',
    on: 'doctor-dashboard',
    purpose: 'own',
    relation: theirOwn,
  },
  'A doctor may see the statistics of their own practice.': {
    who: 'doctor',
    may: 'read',
    on: 'statistics',
    purpose: 'own',
    relation: theirOwn,
  },
  'Everybody signed in may hear the news of their own account, and of no other on the same connection.': {
    who: 'signed-in',
    may: 'hear',
    on: 'news',
    purpose: 'own',
    relation: theirOwn,
  },
  'Anybody may read which rules of the country are applied.': {
    who: 'anyone',
    may: 'read',
    on: 'rules',
    purpose: 'public',
  },
});
