import { Access, namedIn } from '@medflow/access';

interface Owned {
  readonly accountId: string;
}

const theirOwn = namedIn('accountId');

/** Who may do what with notifications, and with letters that stay on the machine. */
export const access = new Access<{ notification: Owned; mailbox: unknown }>('notifications', {
  'Everybody signed in may list their own notifications and mark them read.': {
    who: 'signed-in',
    may: ['list', 'mark-read'],
    on: 'notification',
    purpose: 'own',
    relation: theirOwn,
  },
  'Anybody at the machine itself may read the letters that it keeps instead of sending them; who that is, is for the gateway to see.':
    { who: 'anyone', may: 'read', on: 'mailbox', purpose: 'operation' },
});
