import { Injectable } from '@nestjs/common';
import { People } from '@medflow/people';
import type { EntryState } from '../domain/entry.js';
import { Installation, PatientDemographics, SummaryPrinter } from '../domain/exchange.js';
import type { Bundle } from '../domain/fhir/fhir.js';
import { patientSummary, type SummaryInput } from '../domain/fhir/summary.js';
import { Clock, Ids } from '../domain/ports.js';
import { Entries } from '../domain/record.js';
import { type Asked, OpenRecords } from './open-records.js';

/** The whole record, to be taken along. */
@Injectable()
export class ExportRecordHandler {
  constructor(
    private readonly records: OpenRecords,
    private readonly entries: Entries,
    private readonly people: People,
    private readonly demographics: PatientDemographics,
    private readonly installation: Installation,
    private readonly printer: SummaryPrinter,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @throws NotTheirs */
  async fhir(asked: Asked): Promise<Bundle> {
    await this.records.open(asked, 'export', 'export-record');
    return this.bundle(asked.patientId);
  }

  /** @throws NotTheirs */
  async pdf(asked: Asked): Promise<Buffer> {
    await this.records.open(asked, 'export', 'export-record');
    return this.printer.print(await this.input(asked.patientId));
  }

  /** For who has been allowed already. */
  async bundle(patientId: string): Promise<Bundle> {
    return patientSummary(await this.input(patientId));
  }

  private async input(patientId: string): Promise<SummaryInput> {
    const entries: EntryState[] = [];
    for await (const entry of this.entries.all(patientId)) entries.push(entry);
    entries.reverse();
    const authors = entries.map(({ author }) => author.id);
    const [people, demographics] = await Promise.all([
      this.people.find([...new Set([patientId, ...authors])]),
      this.demographics.of(patientId),
    ]);
    const { firstName, lastName, language, timeZone } = people.get(patientId)!;
    return {
      id: this.ids.next(),
      now: this.clock.now(),
      language,
      timeZone,
      patient: { id: patientId, firstName, lastName, ...demographics },
      people,
      entries,
      custodian: this.installation.name,
      uuid: (name) => this.installation.uuid(name),
      documentUrl: (id) => this.installation.documentUrl(id),
    };
  }
}
