import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { People } from '@medflow/people';
import { Entry, type Provenance } from '../domain/entry.js';
import { ImportedKeys, Installation } from '../domain/exchange.js';
import { type Finding, type ReadBundle, readBundle } from '../domain/fhir/reading.js';
import { Clock, Ids } from '../domain/ports.js';
import { Entries } from '../domain/record.js';
import { UnitOfWork } from '../domain/unit-of-work.js';
import { type Asked, OpenRecords } from './open-records.js';

/** A finding and what becomes, or became, of it. */
export interface Judged {
  readonly finding: Finding;
  /** The entry that it is already, or that it has just become. */
  readonly entryId?: string;
  readonly isKnown: boolean;
}

export interface Imported {
  readonly bundle: ReadBundle;
  readonly items: readonly Judged[];
}

/** Entries that are stored together; who sends the same again after a failure finds them known. */
const BATCH = 100;
const UUID_URN = /urn:uuid:([0-9a-f-]{36})$/i;

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Takes others' Bundles into a record: whose word it is stays with every entry. */
@Injectable()
export class ImportBundleHandler {
  constructor(
    private readonly records: OpenRecords,
    private readonly entries: Entries,
    private readonly imported: ImportedKeys,
    private readonly installation: Installation,
    private readonly work: UnitOfWork,
    private readonly people: People,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** What an import would do; nothing is changed. @throws NotTheirs, InvalidBundle */
  async preview(asked: Asked, json: unknown): Promise<Imported> {
    await this.records.expect(asked, 'import');
    const { patientId } = asked;
    const bundle = readBundle(json, { language: await this.languageOf(patientId), digest });
    return { bundle, items: await this.judge(patientId, bundle.findings) };
  }

  /** @throws NotTheirs, InvalidBundle; nothing is changed then */
  async execute(asked: Asked, json: unknown): Promise<Imported> {
    const purpose = await this.records.expect(asked, 'import');
    const { bundle, items } = await this.preview(asked, json);
    const written: Judged[] = [];
    for (let from = 0; from < items.length; from += BATCH)
      written.push(...(await this.write(asked, items.slice(from, from + BATCH))));
    if (written.some(({ isKnown }) => !isKnown)) await this.records.note(asked, 'import-record', purpose);
    return { bundle, items: written };
  }

  private async write(asked: Asked, items: readonly Judged[]): Promise<Judged[]> {
    const { patientId } = asked;
    const author = { id: asked.by.id, role: 'patient' as const };
    const importedAt = this.clock.now();
    return this.work.run(patientId, async () => {
      // Another import of the same may have come between the preview and this.
      const present = await this.imported.find(patientId, keysOf(items));
      const added = new Map<string, string>();
      const done: Judged[] = [];
      for (const { finding, ...judged } of items) {
        const before = judged.entryId ?? present.get(finding.key) ?? added.get(finding.key);
        if (judged.isKnown || before !== undefined) {
          done.push({ finding, isKnown: true, ...(before !== undefined && { entryId: before }) });
          continue;
        }
        const provenance = provenanceOf(finding, importedAt);
        const given = { id: this.ids.next(), patientId, content: finding.content, author, provenance };
        const entry = Entry.write(given, importedAt);
        await this.entries.save(entry);
        added.set(finding.key, entry.state.id);
        done.push({ finding, isKnown: false, entryId: entry.state.id });
      }
      await this.imported.add(patientId, added);
      return done;
    });
  }

  private async judge(patientId: string, findings: readonly Finding[]): Promise<Judged[]> {
    const uuids = findings.flatMap(({ names }) => names.flatMap((name) => UUID_URN.exec(name)?.[1] ?? []));
    const [present, own] = await Promise.all([
      this.imported.find(patientId, keysOf(findings.map((finding) => ({ finding })))),
      this.imported.own(patientId, uuids),
    ]);
    const ofProfile = this.installation.uuid(`${patientId}|blood-group`);
    const seen = new Set<string>();
    return findings.map((finding) => {
      const uuidsOf = finding.names.flatMap((name) => UUID_URN.exec(name)?.[1] ?? []);
      const entryId = present.get(finding.key) ?? uuidsOf.find((uuid) => own.has(uuid));
      const isKnown = entryId !== undefined || seen.has(finding.key) || uuidsOf.includes(ofProfile);
      seen.add(finding.key);
      return { finding, isKnown, ...(entryId !== undefined && { entryId }) };
    });
  }

  private async languageOf(patientId: string) {
    return (await this.people.find([patientId])).get(patientId)!.language;
  }
}

const keysOf = (items: readonly { finding: Finding }[]): string[] => items.map(({ finding }) => finding.key);

const provenanceOf = ({ source, original, writtenAt }: Finding, importedAt: Date): Provenance => ({
  source,
  importedAt,
  ...(original !== undefined && { original }),
  ...(writtenAt !== undefined && { writtenAt }),
});
