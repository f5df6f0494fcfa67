import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntryState } from '../domain/entry.js';
import { EntryWithdrawn, NotFound } from '../domain/errors.js';
import {
  type Paper,
  type PaperContent,
  type PaperKind,
  type PaperLanguage,
  PaperPress,
  Papers,
  Profiles,
} from '../domain/papers.js';
import { Clock } from '../domain/ports.js';
import { Entries } from '../domain/record.js';
import { type Asked, OpenRecords } from './open-records.js';

/** Address of the page for a code, where the installation has one. */
export abstract class VerificationPages {
  abstract of(code: string): string;
}

/**
 * Prescriptions and certificates on paper. One is made, signed and kept when it is first read; from then on it is the same
 * to the byte, whatever becomes of the entry.
 */
@Injectable()
export class IssuePaperHandler {
  constructor(
    private readonly records: OpenRecords,
    private readonly entries: Entries,
    private readonly papers: Papers,
    private readonly profiles: Profiles,
    private readonly press: PaperPress,
    private readonly pages: VerificationPages,
    private readonly clock: Clock,
  ) {}

  /** @throws NotTheirs, NotFound, EntryWithdrawn when it was withdrawn before a paper was made, NotNow */
  async read(asked: Asked, id: string, kind: PaperKind, language?: PaperLanguage): Promise<Buffer> {
    await this.records.expect(asked, 'read');
    const entry = await this.entries.find(asked.patientId, id);
    // What was imported was signed by somebody else, or by nobody.
    if (entry.content.kind !== kind || entry.provenance) throw new NotFound(`${kind} ${id}`);
    await this.records.open(asked, 'read', 'read-paper', id);
    const patient = await this.profiles.patient(asked.patientId);
    if (!patient) throw new NotFound(`patient ${asked.patientId}`);
    const wanted = language ?? patient.preferredLanguage;
    const issued = await this.papers.find(id, writtenVersionOf(entry), wanted);
    if (!issued && entry.withdrawn) throw new EntryWithdrawn(id);
    return issued ? this.papers.bytesOf(issued) : this.issue(entry, kind, { language: wanted, patient });
  }

  private async issue(
    { id, patientId, version, content, author, recordedAt }: EntryState,
    kind: PaperKind,
    on: Pick<PaperContent, 'language' | 'patient'>,
  ): Promise<Buffer> {
    const doctor = await this.profiles.doctor(author.id);
    if (!doctor) throw new NotFound(`doctor ${author.id}`);
    const issuedAt = this.clock.now();
    const code = this.papers.newCode();
    const { bytes, signedWith } = await this.press.print(author.id, {
      ...on,
      kind,
      doctor,
      label: content.label,
      ...(content.note && { note: content.note }),
      items: content.kind === 'prescription' ? content.items : [],
      text: content.kind === 'certificate' ? content.text : '',
      writtenAt: recordedAt,
      issuedAt,
      code,
      verifyAt: this.pages.of(code),
    });
    const name = `${doctor.firstName} ${doctor.lastName}`.trim();
    const issuedBy = { name, ...(doctor.licenceNumber && { licenceNumber: doctor.licenceNumber }) };
    const digest = createHash('sha256').update(bytes).digest('hex');
    const paper: Paper = {
      ...{ code, entryId: id, version, language: on.language, patientId, kind },
      ...{ issuedBy, issuedAt, signedWith, digest },
    };
    const first = await this.papers.issue(paper, bytes);
    return first.code === code ? bytes : this.papers.bytesOf(first);
  }
}

/** Withdrawing is a version of its own, which says nothing new. */
const writtenVersionOf = ({ version, withdrawn }: EntryState): number => (withdrawn ? version - 1 : version);
