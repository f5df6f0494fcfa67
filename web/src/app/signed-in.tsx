import { Bell } from '../features/notifications/bell';
import type { Account } from '../lib/session';
import { AccountMenu } from './account-menu';
import { linksOf } from './links';
import { hasMessages, MessagesButton } from './messages-button';
import { PaletteButton } from './palette-button';

/** What the header has for who is signed in, which strangers need not load. */
export default function SignedIn({ account }: { account: Account }) {
  return (
    <>
      {hasMessages(account) && <MessagesButton />}
      <Bell />
      {account.role === 'doctor' && <PaletteButton links={linksOf(account)} />}
      <AccountMenu account={account} />
    </>
  );
}
