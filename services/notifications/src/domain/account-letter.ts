export const accountLetterKinds = [
  'verification',
  'recovery',
  'credentials-changed',
  'suspended',
  'reinstated',
] as const;
export type AccountLetterKind = (typeof accountLetterKinds)[number];
/** These bring a link, which identity makes for the one letter. */
export type LinkKind = 'verification' | 'recovery';

/** News of an account itself. It is a letter and nothing else: who cannot sign in reads no bell. */
export interface AccountLetter {
  readonly id: string;
  readonly accountId: string;
  readonly kind: AccountLetterKind;
}

export const bringsLink = (letter: AccountLetter): letter is AccountLetter & { kind: LinkKind } =>
  letter.kind === 'verification' || letter.kind === 'recovery';
