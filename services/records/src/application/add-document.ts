import { Injectable } from '@nestjs/common';
import { People } from '@medflow/people';
import { type Author, Entry } from '../domain/entry.js';
import { FileInspection, Files } from '../domain/files.js';
import { Clock, Ids } from '../domain/ports.js';
import { Entries } from '../domain/record.js';
import { UnitOfWork } from '../domain/unit-of-work.js';
import { type Asked, OpenRecords } from './open-records.js';
import type { Written } from './write-entry.js';

/** What comes in parts: the label may stand behind the file. */
export interface Upload {
  /** @throws InvalidEntry when there is none */
  file(): Promise<AsyncIterable<Uint8Array>>;
  /** Once the file has been read. @throws InvalidEntry */
  label(): Promise<string>;
}

/** Adds a file to a record; it is stored as it comes, and stays only with its entry. */
@Injectable()
export class AddDocumentHandler {
  constructor(
    private readonly records: OpenRecords,
    private readonly inspection: FileInspection,
    private readonly files: Files,
    private readonly entries: Entries,
    private readonly work: UnitOfWork,
    private readonly people: People,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @throws NotTheirs, InvalidEntry, UnsupportedFile, BrokenFile, FileTooLarge, NotNow */
  async add(asked: Asked, upload: Upload): Promise<Written> {
    const { by, patientId } = asked;
    const purpose = await this.records.expect(asked, 'add-document');
    const file = await this.files.keep(patientId, await this.inspection.inspect(await upload.file()));
    try {
      const author: Author = { id: by.id, role: by.role as Author['role'] };
      const content = { kind: 'document', label: await upload.label(), file } as const;
      const entry = Entry.write({ id: this.ids.next(), patientId, content, author }, this.clock.now());
      await this.work.run(patientId, async () => {
        await this.files.confirm(file.fileId);
        await this.entries.save(entry);
        await this.records.note(asked, 'write-entry', purpose, entry.state.id);
      });
      return { entry: entry.state, people: await this.people.find([by.id]) };
    } catch (error) {
      await this.files.discard(file.fileId);
      throw error;
    }
  }
}
