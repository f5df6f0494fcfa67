import type { Role } from '@medflow/access';

export type { Role };
export type Locale = 'fr' | 'en' | 'ar';

/** Who is calling, as their access token says. */
export interface CurrentAccount {
  id: string;
  role: Role;
  firstName: string;
  lastName: string;
  locale: Locale;
  sessionId: string;
  /** Has shown that the e-mail address is theirs. */
  emailVerified: boolean;
}
