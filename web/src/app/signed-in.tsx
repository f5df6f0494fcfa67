import { Bell } from '../features/notifications/bell';
import type { Account } from '../lib/session';
import { AccountMenu } from './account-menu';
import { linksOf, rarely } from './links';
import MessagesButton from './messages-button';
import { PaletteButton } from './palette-button';

/** What the header has for who is signed in, which strangers need not load. */
export default function SignedIn({ account }: { account: Account }) {
  return (
    <>
      {account.role !== 'admin' && <MessagesButton />}
      <Bell />
      {account.role === 'doctor' && <PaletteButton links={[...linksOf(account), ...rarely]} />}
      <AccountMenu account={account} />
    </>
  );
}
