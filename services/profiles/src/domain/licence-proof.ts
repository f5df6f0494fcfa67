/** What a doctor shows of the licence: a PDF as it was sent, or a picture encoded anew. */
export const proofTypes = ['application/pdf', 'image/webp'] as const;
export type ProofType = (typeof proofTypes)[number];

/** What a profile says of its proof. */
export interface LicenceProof {
  readonly id: string;
  readonly type: ProofType;
  /** Length of the file. */
  readonly bytes: number;
  readonly sentAt: Date;
}

export interface LicenceProofFile extends LicenceProof {
  readonly doctorId: string;
  readonly content: Uint8Array;
}

/** What saving a profile does to the files that are kept. */
export interface LicenceProofChange {
  readonly added?: LicenceProofFile;
  /** Its id: nobody refers to it any more. */
  readonly removed?: string;
}

/** The files, which come and go with the profiles that refer to them. */
export abstract class LicenceProofs {
  abstract content(id: string): Promise<Uint8Array | undefined>;
}

/** Makes a file that can be kept of what doctors send. */
export abstract class DocumentStudio {
  /** @throws NotADocument, StudioBusy */
  abstract proofOf(file: Uint8Array): Promise<{ type: ProofType; content: Uint8Array }>;
}
