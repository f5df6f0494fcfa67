export type Role = 'patient' | 'doctor' | 'admin';

/** Somebody who is signed in. */
export interface AccountSubject {
  readonly role: Role;
  readonly id: string;
  /** Has shown that the e-mail address is theirs, or nobody here asks for it. */
  readonly addressProven: boolean;
}

/** Who asks: an account, somebody who is not signed in, or another process of this installation. */
export type Subject = AccountSubject | { readonly role: 'nobody' } | { readonly role: 'service' };

export const nobody: Subject = { role: 'nobody' };
export const service: Subject = { role: 'service' };

export const isAccount = (subject: Subject): subject is AccountSubject =>
  subject.role !== 'nobody' && subject.role !== 'service';
