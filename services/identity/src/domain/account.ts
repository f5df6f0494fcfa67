export type Role = 'patient' | 'doctor' | 'admin';
export type Locale = 'fr' | 'en' | 'ar';

export interface Account {
  readonly id: string;
  /** Normalised: see {@link normaliseEmail}. */
  readonly email: string;
  readonly emailVerified: boolean;
  readonly role: Role;
  readonly firstName: string;
  readonly lastName: string;
  readonly locale: Locale;
  /** PHC string. */
  readonly passwordHash: string;
  readonly createdAt: Date;
  /** Sign-up that made the account, so that its repetition can be told from another's (digests only). */
  readonly registration?: { readonly key: string; readonly body: string };
}

/** Two spellings of one mailbox are one account: compared, stored and looked up in this form only. */
export const normaliseEmail = (email: string): string => email.normalize('NFKC').trim().toLowerCase();
