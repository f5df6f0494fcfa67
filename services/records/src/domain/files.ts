import type { StoredFile } from './entry.js';

export const fileTypes = ['application/pdf', 'image/jpeg', 'image/png', 'image/webp'] as const;
export type FileType = (typeof fileTypes)[number];

export const MAX_FILE_BYTES = 100 * 1024 * 1024;
/** They are decoded, which takes memory; PDFs only pass through. */
export const MAX_IMAGE_BYTES = 25 * 1024 * 1024;

export interface Inspected {
  readonly mediaType: FileType;
  /** Throws what is wrong with it as far as only the end tells. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** Looks at what somebody sends before it is kept. */
export abstract class FileInspection {
  /**
   * Pictures come back encoded anew, without what stood beside them; PDFs as they are.
   * @throws UnsupportedFile, BrokenFile, FileTooLarge, NotNow
   */
  abstract inspect(content: AsyncIterable<Uint8Array>): Promise<Inspected>;
}

/** Plain bytes of a file, `to` exclusive. */
export interface FileRange {
  readonly from: number;
  readonly to: number;
}

/** Files of patients, sealed for them. */
export abstract class Files {
  /** Keeps it for now: what is not confirmed within the hour is thrown away. Nothing is left of what throws. */
  abstract keep(patientId: string, file: Inspected): Promise<StoredFile>;
  /** Joins an ambient transaction: the file stays. @throws ConcurrentChange when it was thrown away meanwhile */
  abstract confirm(fileId: string): Promise<void>;
  abstract discard(fileId: string): Promise<void>;
  /** The whole, or a part without what stands before it. */
  abstract read(patientId: string, file: StoredFile, range?: FileRange): Promise<AsyncIterable<Uint8Array>>;
}
