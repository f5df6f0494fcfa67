import { Bell } from '../features/notifications/bell';
import type { Account } from '../lib/session';
import { AccountMenu } from './account-menu';
import { linksOf } from './links';
import { PaletteButton } from './palette-button';

/** What the header has for who is signed in, which strangers need not load. */
export default function SignedIn({ account }: { account: Account }) {
  return (
    <>
      <Bell />
      {account.role === 'doctor' && <PaletteButton links={linksOf(account)} />}
      <AccountMenu account={account} />
    </>
  );
}
