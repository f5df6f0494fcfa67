import type { CareVisit } from '@medflow/care';
import { CareVisits } from '@medflow/care';
import { People, type Person } from '@medflow/people';
import { Injectable } from '@nestjs/common';
import { AccessLog, type AccessLine, type AccessPurpose, type LogPage } from '../domain/access-log.js';
import type { EntryState } from '../domain/entry.js';
import { Clock } from '../domain/ports.js';
import { Entries, type EntryFilter, type EntryPage, isTaken, type PlacedEntry } from '../domain/record.js';
import { inFirstUnit, type Measure } from '../domain/vitals.js';
import { type Asked, OpenRecords } from './open-records.js';

export type Named = ReadonlyMap<string, Person>;

export interface ReadPage {
  readonly summary: {
    readonly allergies: readonly EntryState[];
    readonly medications: readonly EntryState[];
    readonly conditions: readonly EntryState[];
    readonly lastVisits: readonly CareVisit[];
  };
  readonly entries: readonly PlacedEntry[];
  readonly people: Named;
  /** What the record was opened for, and until when where that ends. */
  readonly purpose: AccessPurpose;
  readonly until?: Date;
}

/** A point of a chart, in the first unit of its measure. */
export interface VitalPoint {
  readonly entryId: string;
  readonly at: string;
  readonly value?: number;
  readonly systolic?: number;
  readonly diastolic?: number;
}

const SUMMARISED = 50;
const VISITS = 5;
const POINTS = 1_000;

/** Reads records for those who may; each reading stands in the access log first. */
@Injectable()
export class ReadRecordHandler {
  constructor(
    private readonly records: OpenRecords,
    private readonly entries: Entries,
    private readonly log: AccessLog,
    private readonly visits: CareVisits,
    private readonly people: People,
    private readonly clock: Clock,
  ) {}

  /** @throws NotTheirs */
  async page(asked: Asked, filter: EntryFilter, page: EntryPage): Promise<ReadPage> {
    const purpose = await this.records.open(asked, 'read', 'read-record');
    const { patientId } = asked;
    const today = this.clock.now().toISOString().slice(0, 10);
    const [allergies, medications, conditions, lastVisits, entries, emergency] = await Promise.all([
      this.entries.standing(patientId, ['allergy'], SUMMARISED),
      this.entries.standing(patientId, ['medication'], SUMMARISED),
      this.entries.standing(patientId, ['condition'], SUMMARISED),
      this.visits.completedOf(patientId, VISITS),
      this.entries.list(patientId, filter, page),
      purpose === 'emergency' ? this.records.emergency(asked) : undefined,
    ]);
    const taken = medications.filter((entry) => isTaken(entry, today));
    const all = [...allergies, ...taken, ...conditions, ...entries.map(({ state }) => state)];
    const doctors = lastVisits.map(({ doctorId }) => doctorId);
    const people = await this.people.find([patientId, ...authorsOf(all), ...doctors]);
    const summary = { allergies, medications: taken, conditions, lastVisits };
    return { summary, entries, people, purpose, ...(emergency && { until: emergency.until }) };
  }

  /** @throws NotTheirs, NotFound */
  async entry(asked: Asked, id: string): Promise<{ entry: EntryState; people: Named }> {
    const purpose = await this.records.expect(asked, 'read');
    const entry = await this.entries.find(asked.patientId, id);
    await this.records.note(asked, 'read-entry', purpose, id);
    return { entry, people: await this.people.find(authorsOf([entry])) };
  }

  /** The newest first. @throws NotTheirs, NotFound */
  async versions(asked: Asked, id: string): Promise<{ versions: EntryState[]; people: Named }> {
    const purpose = await this.records.expect(asked, 'read-versions');
    const versions = await this.entries.versions(asked.patientId, id);
    await this.records.note(asked, 'read-versions', purpose, id);
    return { versions, people: await this.people.find(authorsOf(versions)) };
  }

  /** Oldest first, as they were measured. @throws NotTheirs */
  async vitals(asked: Asked, measure: Measure): Promise<VitalPoint[]> {
    await this.records.open(asked, 'read', 'read-vitals');
    const entries = await this.entries.vitals(asked.patientId, measure, POINTS);
    return entries.flatMap(pointOf).sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  }

  /** @throws NotTheirs */
  async accessLog(asked: Asked, page: LogPage): Promise<{ lines: AccessLine[]; people: Named }> {
    await this.records.expect(asked, 'read-access-log');
    const lines = await this.log.list(asked.patientId, page);
    return { lines, people: await this.people.find(lines.flatMap(({ actorId }) => actorId ?? [])) };
  }
}

const authorsOf = (entries: readonly EntryState[]): string[] => entries.map(({ author }) => author.id);

function pointOf({ id, content }: EntryState): VitalPoint[] {
  if (content.kind !== 'vital') return [];
  const { at, unit, value, systolic, diastolic } = content;
  const inCommon = (number: number) => Math.round(inFirstUnit(number, unit) * 100) / 100;
  return [
    {
      entryId: id,
      at,
      ...(value !== undefined && { value: inCommon(value) }),
      ...(systolic !== undefined && { systolic: inCommon(systolic) }),
      ...(diastolic !== undefined && { diastolic: inCommon(diastolic) }),
    },
  ];
}
