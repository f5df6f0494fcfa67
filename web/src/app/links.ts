import type { Account } from '../lib/session';

/** Address and key of the name of a page. */
export type PageLink = [to: string, label: string];

/** The pages of whoever is signed in, in the order of the navigation. */
export function linksOf(account: Account | null | undefined): PageLink[] {
  const doctors: PageLink = ['/doctors', 'nav.doctors'];
  switch (account?.role) {
    case 'patient':
      return [
        ['/dashboard', 'nav.dashboard'],
        doctors,
        ['/appointments', 'nav.appointments'],
        ['/messages', 'messages.title'],
        ['/payments', 'nav.payments'],
        ['/profile', 'nav.profile'],
      ];
    case 'doctor':
      return [
        ['/dashboard', 'nav.dashboard'],
        ['/requests', 'nav.requests'],
        ['/agenda', 'nav.agenda'],
        ['/patients', 'patients.title'],
        ['/messages', 'messages.title'],
        ['/availability', 'nav.availability'],
        ['/reviews', 'nav.reviews'],
        ['/income', 'nav.income'],
        ['/profile', 'nav.profile'],
      ];
    case 'admin':
      return [
        ['/verifications', 'nav.verification'],
        ['/accounts', 'nav.accounts'],
        ['/moderation', 'nav.moderation'],
        doctors,
      ];
    default:
      return [doctors];
  }
}

/** On phones they have the five places that they go to most under the thumb. */
export const hasTabs = (account: Account | null | undefined): account is Account =>
  account?.role === 'patient' || account?.role === 'doctor';
