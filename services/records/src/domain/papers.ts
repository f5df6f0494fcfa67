import type { PrescribedItem } from './entry.js';

export const paperKinds = ['prescription', 'certificate'] as const;
export type PaperKind = (typeof paperKinds)[number];
export const paperLanguages = ['fr', 'en', 'ar'] as const;
export type PaperLanguage = (typeof paperLanguages)[number];
/** Whose certificate it was signed with. */
export type SignedWith = 'installation' | 'doctor';

export interface Letterhead {
  readonly firstName: string;
  readonly lastName: string;
  /** Codes. */
  readonly specializations: readonly string[];
  readonly licenceNumber: string | null;
  readonly address: string | null;
  readonly city: string | null;
  readonly timeZone: string;
}

export interface PatientOnPaper {
  readonly firstName: string;
  readonly lastName: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string | null;
  readonly preferredLanguage: PaperLanguage;
}

/** What profiles know and nobody tells on the bus. */
export abstract class Profiles {
  /** @throws NotNow when they cannot be asked; undefined: nobody of that id */
  abstract doctor(id: string): Promise<Letterhead | undefined>;
  abstract patient(id: string): Promise<PatientOnPaper | undefined>;
}

/** What stands on a paper. */
export interface PaperContent {
  readonly kind: PaperKind;
  readonly language: PaperLanguage;
  readonly doctor: Letterhead;
  readonly patient: PatientOnPaper;
  readonly label: string;
  readonly note?: string;
  /** Of a prescription. */
  readonly items: readonly PrescribedItem[];
  /** Of a certificate. */
  readonly text: string;
  /** When the doctor wrote it. */
  readonly writtenAt: Date;
  readonly issuedAt: Date;
  readonly code: string;
  /** Address of the page that says whether it is genuine. */
  readonly verifyAt: string;
  readonly signedWith: SignedWith;
}

/** Prints and signs, with the doctor's own certificate where there is one that holds today. */
export abstract class PaperPress {
  abstract print(
    doctorId: string,
    content: Omit<PaperContent, 'signedWith'>,
  ): Promise<{ bytes: Buffer; signedWith: SignedWith }>;
}

/** A paper that was given out. Nothing in it is medical but the sealed bytes. */
export interface Paper {
  /** 128 bits, base64url: whoever has it holds the paper. */
  readonly code: string;
  readonly entryId: string;
  /** Of the entry. */
  readonly version: number;
  readonly language: PaperLanguage;
  readonly patientId: string;
  readonly kind: PaperKind;
  readonly issuedBy: { readonly name: string; readonly licenceNumber?: string };
  readonly issuedAt: Date;
  readonly signedWith: SignedWith;
  /** SHA-256 of the signed bytes, hex. */
  readonly digest: string;
}

/** Papers as they were given out: read again, they have the same bytes. */
export abstract class Papers {
  abstract find(entryId: string, version: number, language: PaperLanguage): Promise<Paper | undefined>;
  /** @returns the one that was issued first, also when this is another */
  abstract issue(paper: Paper, bytes: Buffer): Promise<Paper>;
  abstract bytesOf(paper: Paper): Promise<Buffer>;
  /** @returns with whether its entry was withdrawn or written anew since */
  abstract byCode(code: string): Promise<{ paper: Paper; withdrawn: boolean } | undefined>;
  abstract newCode(): string;
}

/** What a doctor is told of the certificate that their papers are signed with. */
export interface UsedCertificate {
  readonly signedWith: SignedWith;
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: Date;
  readonly validUntil: Date;
}

/** Certificates that doctors gave; their keys are sealed and leave never. */
export abstract class SigningCertificates {
  /** @throws UnreadableCertificate, CertificateNotValid */
  abstract give(doctorId: string, file: Uint8Array, passphrase: string, now: Date): Promise<UsedCertificate>;
  /** The doctor's own, where there is one that holds today; else the installation's. */
  abstract of(doctorId: string, now: Date): Promise<UsedCertificate>;
  abstract takeAway(doctorId: string): Promise<void>;
}
