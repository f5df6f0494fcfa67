import type { Account } from '../../domain/account.js';

/** Where to write to somebody, in which language, and whether the address is known to be theirs. */
export const contactView = ({ email, emailVerified, locale, firstName, lastName }: Account) => ({
  email,
  emailVerified,
  locale,
  firstName,
  lastName,
});
