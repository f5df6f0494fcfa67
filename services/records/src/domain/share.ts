/** Wrong passcodes until a link is closed for good. */
export const MAX_ATTEMPTS = 10;
/** Links of a patient that can be opened at the same time. */
export const MAX_LINKS = 20;
/** A summary grows old: nobody should meet one from years ago by an address that still works. */
export const MAX_LINK_DAYS = 366;
/** HL7 SMART Health Links 1.0 allows a label of so many characters. */
export const MAX_LINK_LABEL = 80;

const DAY_MS = 86_400_000;

/** The patient has as many links as can be open at once. */
export class TooManyLinks extends Error {
  readonly code = 'too-many-links';
  readonly kind = 'conflict';
  readonly parameters = { max: MAX_LINKS };
}

/** The link would be over before it begins, or stay open for too long. */
export class InvalidExpiry extends Error {
  readonly code = 'validation-failed';
  readonly kind = 'invalid';
  readonly faults: { field: string; code: string }[];

  constructor(code: 'in-the-past' | 'too-far') {
    super(`expiresAt: ${code}`);
    this.faults = [{ field: 'expiresAt', code }];
  }
}

/** Another passcode is needed. HL7 SMART Health Links 1.0 asks for the attempts that are left. */
export class WrongPasscode extends Error {
  readonly code = 'wrong-passcode';
  readonly kind = 'unauthenticated';
  readonly extras: { remainingAttempts: number };
  readonly parameters: { count: number };

  constructor(remainingAttempts: number) {
    super('another passcode is needed');
    this.extras = { remainingAttempts };
    this.parameters = { count: remainingAttempts };
  }
}

export interface Opening {
  readonly at: Date;
  /** As whoever opened it named themselves. */
  readonly recipient: string;
}

/** What only the patient and whoever has the link know of it. */
export interface LinkSecret {
  /** Of the manifest's address: 256 random bits, base64url. */
  readonly manifestId: string;
  /** That the file is encrypted with: 256 random bits, base64url. */
  readonly key: string;
  readonly label?: string;
  readonly passcodeHash?: string;
}

/** A summary of a record, as it was when its patient shared it. */
export interface SharedLink {
  readonly id: string;
  readonly patientId: string;
  readonly secret: LinkSecret;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt?: Date;
  /** Passcodes that may still be tried; of a link without one it means nothing. */
  readonly attemptsLeft: number;
  /** The newest last. */
  readonly openings: readonly Opening[];
}

/** @throws InvalidExpiry */
export function checkExpiry(expiresAt: Date, now: Date): void {
  if (expiresAt <= now) throw new InvalidExpiry('in-the-past');
  if (expiresAt.getTime() > now.getTime() + MAX_LINK_DAYS * DAY_MS) throw new InvalidExpiry('too-far');
}

/** Whether whoever has it may still try it. */
export const isOpenLink = ({ expiresAt, revokedAt, attemptsLeft, secret }: SharedLink, now: Date): boolean =>
  now < expiresAt && revokedAt === undefined && (secret.passcodeHash === undefined || attemptsLeft > 0);

/** The payload of a SMART Health Link 1.0, as JSON; `shlink:/` and its base64url are what is shared. */
export const linkPayload = ({ secret, expiresAt }: SharedLink, manifestUrl: string): string =>
  JSON.stringify({
    url: manifestUrl,
    key: secret.key,
    exp: Math.floor(expiresAt.getTime() / 1000),
    ...(secret.passcodeHash !== undefined && { flag: 'P' }),
    ...(secret.label !== undefined && { label: secret.label }),
    v: 1,
  });

export abstract class SharedLinks {
  /** With its encrypted file. */
  abstract add(link: SharedLink, file: string): Promise<void>;
  /** Newest first. */
  abstract of(patientId: string): Promise<SharedLink[]>;
  /** @throws NotFound */
  abstract find(patientId: string, id: string): Promise<SharedLink>;
  /** Undefined also when its patient's key was destroyed. */
  abstract findByManifest(manifestId: string): Promise<SharedLink | undefined>;
  /** The compact JWE; undefined once it is gone. */
  abstract file(link: SharedLink): Promise<string | undefined>;
  /** Nobody can open it any more, and its file is gone. */
  abstract revoke(link: SharedLink, at: Date): Promise<void>;
  /** Before a passcode is looked at. @returns how many are left after it, undefined: there was none */
  abstract takeAttempt(id: string): Promise<number | undefined>;
  /** It was the right one. */
  abstract giveAttemptBack(id: string): Promise<void>;
  abstract opened(link: SharedLink, opening: Opening): Promise<void>;
}

/** Encrypts what is shared (JWE, `dir` with A256GCM). */
export abstract class Envelopes {
  /** @param key 256 bits, base64url */
  abstract encrypt(content: string, contentType: string, key: string): Promise<string>;
}
