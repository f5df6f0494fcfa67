import { Injectable } from '@nestjs/common';
import type { StoredFile } from '../domain/entry.js';
import { NotFound } from '../domain/errors.js';
import { type FileRange, Files } from '../domain/files.js';
import { Entries } from '../domain/record.js';
import { type Asked, OpenRecords } from './open-records.js';

export interface ReadDocument {
  readonly file: StoredFile;
  /** Undefined: the whole. */
  readonly range?: FileRange | undefined;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Reads a document of a record, whole or in part; each reading stands in the access log first. */
@Injectable()
export class ReadDocumentHandler {
  constructor(
    private readonly records: OpenRecords,
    private readonly entries: Entries,
    private readonly files: Files,
  ) {}

  /**
   * @param rangeOf which part of so many bytes is wanted; undefined: all of it
   * @throws NotTheirs, NotFound, RangeNotSatisfiable
   */
  async read(asked: Asked, id: string, rangeOf: (bytes: number) => FileRange | undefined): Promise<ReadDocument> {
    await this.records.expect(asked, 'read');
    const { content } = await this.entries.find(asked.patientId, id);
    if (content.kind !== 'document') throw new NotFound(`document ${id}`);
    const range = rangeOf(content.file.bytes);
    await this.records.open(asked, 'read', 'read-document', id);
    return { file: content.file, range, content: await this.files.read(asked.patientId, content.file, range) };
  }
}
