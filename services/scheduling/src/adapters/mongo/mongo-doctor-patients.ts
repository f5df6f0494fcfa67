import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey, MongoTransactions } from '@medflow/service-kit';
import { LRUCache } from 'lru-cache';
import type { Model, QueryFilter } from 'mongoose';
import { MAX_HORIZON_DAYS } from '../../domain/availability-plan.js';
import {
  type DoctorAndPatient,
  type DoctorPatient,
  DoctorPatients,
  type PatientsPage,
  sumUp,
} from '../../domain/doctor-patients.js';
import { nameWords } from '../../domain/name-words.js';
import { Clock } from '../../domain/ports.js';
import { DAY_MS, minutesAfter } from '../../domain/values.js';
import { PatientChanges } from '../patient-changes.js';
import { readInWindows, type Window } from './growing-windows.js';
import { madeAt } from './mongo-appointment-lists.js';
import { ANNOUNCED, toState } from './mongo-appointments.js';
import { AppointmentRecord, DoctorPatientRecord } from './schemas.js';

type Filter = QueryFilter<DoctorPatientRecord>;

const BATCH = 100;
/** What changes while much is booked is summed up at once: each batch is a commit. */
const CHANGED = 500;
const REACHES_KEPT = 10_000;
/** Left undone by who changed them: the process is gone, or did not get to it. */
const LEFT_AFTER_MINUTES = 0.5;
const EPOCH = new Date(0);
/** Not the patient of any doctor: there when everybody of before there were sums has one. */
const COMPLETE = '#complete';
/** Beginnings that so many names share are looked for in the order of the list. */
const COMMON_LETTERS = 1;

const keyOf = ({ doctorId, patientId }: DoctorAndPatient) => `${doctorId}|${patientId}`;
const pairOf = ({ doctor, patient }: Pick<AppointmentRecord, 'doctor' | 'patient'>): DoctorAndPatient => ({
  doctorId: doctor.id,
  patientId: patient.id,
});
const distinct = (pairs: readonly DoctorAndPatient[]): DoctorAndPatient[] => [
  ...new Map(pairs.map((pair) => [keyOf(pair), pair])).values(),
];

/** What was merely held is none of the doctor's business; those of before payments have none to pay. */
const summed = (records: readonly AppointmentRecord[]) =>
  records
    .filter(({ announced }) => announced !== false)
    .map((record) => ({
      ...toState(record),
      ...(!record.payment && { payment: { status: 'none' as const, sequence: 0 } }),
    }));

const toPatient = ({ _id: _, words: __, ...patient }: DoctorPatientRecord): DoctorPatient => patient;

/** Rows are rewritten from the appointments: what several do at once comes to the same. */
@Injectable()
export class MongoDoctorPatients extends DoctorPatients {
  private isComplete = false;
  private earlier: DoctorAndPatient[] | undefined;
  /** How far one had to look, by kind of list. */
  private readonly reaches = new LRUCache<string, number>({ max: REACHES_KEPT });

  constructor(
    @InjectModel(DoctorPatientRecord.name) private readonly rows: Model<DoctorPatientRecord>,
    @InjectModel(AppointmentRecord.name) private readonly appointments: Model<AppointmentRecord>,
    private readonly changes: PatientChanges,
    private readonly transactions: MongoTransactions,
    private readonly clock: Clock,
  ) {
    super();
  }

  async page(doctorId: string, page: PatientsPage): Promise<DoctorPatient[]> {
    const { words = [], limit, after } = page;
    const [longest = ''] = [...words].sort((a, b) => b.length - a.length);
    const conditions = words.map(startingWith);
    // A range alone would take words of which one is after its beginning and another before its end; a pattern alone has SecantusDB
    // read all.
    const range = { $gte: longest, $lt: `${longest}\uffff` };
    if (longest.length > COMMON_LETTERS) return this.first({ doctorId, words: range }, conditions, page, limit + 1);
    const now = this.clock.now();
    const kind = [doctorId, words, limit, !after].join('|');
    const reading = {
      order: 'desc' as const,
      count: limit + 1,
      // Included, since others may have theirs at the same time.
      ...(after && { to: new Date(after.latestAt.getTime() + 1) }),
      earliest: madeAt(doctorId),
      now,
      latest: new Date(now.getTime() + (MAX_HORIZON_DAYS + 1) * DAY_MS),
      reach: this.reaches.get(kind),
    };
    const within = ({ from, to }: Window, count: number) => {
      const range = { ...(from && { $gte: from }), ...(to && { $lt: to }) };
      const isOpen = !from && !to;
      return this.first({ doctorId, ...(!isOpen && { latestAt: range }) }, conditions, page, count);
    };
    const { found, reach } = await readInWindows(reading, within, ({ latestAt }) => latestAt);
    this.reaches.set(kind, reach);
    return found;
  }

  async find(pair: DoctorAndPatient, now: Date): Promise<DoctorPatient | undefined> {
    return sumUp(summed(await this.appointmentsOf([pair])), now);
  }

  async hasExamined({ doctorId, patientId }: DoctorAndPatient): Promise<boolean> {
    const [visit] = await this.appointments.collection
      .aggregate([
        { $match: { 'patient.id': patientId } },
        { $match: { 'doctor.id': doctorId, status: 'completed', mode: 'in-person' } },
        { $limit: 1 },
        { $project: { _id: 1 } },
      ])
      .toArray();
    return visit !== undefined;
  }

  whenChanged(listener: () => void): void {
    this.changes.listen(listener);
  }

  async sumUpSome(now: Date): Promise<boolean> {
    for (const pairs of [() => this.changes.take(CHANGED), () => this.left(now), () => this.nextEarlier()]) {
      const some = await pairs();
      if (some.length === 0) continue;
      await this.sumUp(some, now);
      return true;
    }
    return false;
  }

  private async sumUp(pairs: readonly DoctorAndPatient[], now: Date): Promise<void> {
    const read = await this.transactions.run(() => this.write(pairs, now));
    // Not in that transaction, where whoever changes one of them meanwhile would have to begin again. It bears another version then,
    // or a name of another time, and is not done with.
    const done = read.flatMap(({ _id, version, unsummedSince }) =>
      unsummedSince
        ? [{ updateOne: { filter: { _id, version, unsummedSince }, update: { $unset: { unsummedSince: '' } } } }]
        : [],
    );
    if (done.length > 0) await this.appointments.collection.bulkWrite(done as never, { ordered: false });
  }

  /** From one snapshot: of two who write a row, the later one has seen all that the other saw. @returns what it saw */
  private async write(pairs: readonly DoctorAndPatient[], now: Date): Promise<AppointmentRecord[]> {
    const read = await this.appointmentsOf(pairs);
    const rows = [...Map.groupBy(read, (record) => keyOf(pairOf(record)))].flatMap(([_id, records]) => {
      const sums = sumUp(summed(records), now);
      return sums ? [{ _id, ...sums, words: nameWords(sums.patient) }] : [];
    });
    if (rows.length === 0) return read;
    const replacements = rows.map((row) => ({
      replaceOne: { filter: { _id: row._id }, replacement: row, upsert: true },
    }));
    try {
      await this.rows.collection.bulkWrite(replacements as never, { session: this.transactions.session! });
    } catch (error) {
      // Two make the first row of somebody.
      if (isDuplicateKey(error)) this.transactions.beginAgain();
      throw error;
    }
    return read;
  }

  /** What was merely held so far included: it may be marked as well, by a change of name. */
  private async appointmentsOf(pairs: readonly DoctorAndPatient[]): Promise<AppointmentRecord[]> {
    const wanted = new Set(pairs.map(keyOf));
    const patientIds = [...new Set(pairs.map(({ patientId }) => patientId))];
    // A stage each: SecantusDB uses its index for the first alone.
    const found = await this.appointments.collection
      .aggregate<AppointmentRecord>(
        [
          { $match: { 'patient.id': { $in: patientIds } } },
          { $match: { 'doctor.id': { $in: [...new Set(pairs.map(({ doctorId }) => doctorId))] } } },
          { $project: { reason: 0, policy: 0, lastFact: 0 } },
        ],
        { session: this.transactions.session! },
      )
      .toArray();
    return found.filter((record) => wanted.has(keyOf(pairOf(record))));
  }

  private async left(now: Date): Promise<DoctorAndPatient[]> {
    // Both bounds: from an open one SecantusDB reads those that have none as well.
    const since = { $gt: EPOCH, $lt: minutesAfter(now, -LEFT_AFTER_MINUTES) };
    const found = await this.appointments.collection
      .aggregate<AppointmentRecord>([
        { $match: { unsummedSince: since } },
        { $limit: BATCH },
        { $project: { 'doctor.id': 1, 'patient.id': 1 } },
      ])
      .toArray();
    return distinct(found.map(pairOf));
  }

  private async nextEarlier(): Promise<DoctorAndPatient[]> {
    this.isComplete ||= (await this.rows.exists({ _id: COMPLETE })) !== null;
    if (this.isComplete) return [];
    this.earlier ??= await this.allPairs();
    const some = this.earlier.splice(0, BATCH);
    if (some.length > 0) return some;
    await this.rows.collection.updateOne({ _id: COMPLETE as never }, { $set: { at: new Date() } }, { upsert: true });
    return [];
  }

  private async allPairs(): Promise<DoctorAndPatient[]> {
    const pairs = new Map<string, DoctorAndPatient>();
    const all = this.appointments.find(ANNOUNCED, { 'doctor.id': 1, 'patient.id': 1 }).lean<AppointmentRecord[]>();
    for await (const record of all.cursor()) {
      const pair = pairOf(record as unknown as AppointmentRecord);
      pairs.set(keyOf(pair), pair);
    }
    return [...pairs.values()];
  }

  private async first(
    range: Filter,
    conditions: readonly Filter[],
    { after }: PatientsPage,
    count: number,
  ): Promise<DoctorPatient[]> {
    const stages = [range, ...conditions, ...(after ? [beyond(after, range.doctorId as string)] : [])];
    // A stage each, as above.
    const records = await this.rows.collection
      .aggregate<DoctorPatientRecord>([
        ...stages.map((stage) => ({ $match: stage })),
        { $sort: { latestAt: -1, _id: -1 } },
        { $limit: count },
      ])
      .toArray();
    return records.map(toPatient);
  }
}

/** Letters and figures only, so the word is its own pattern. */
const startingWith = (word: string): Filter => ({ words: { $regex: `^${word}` } });

const beyond = ({ latestAt, patientId }: NonNullable<PatientsPage['after']>, doctorId: string): Filter => ({
  $or: [{ latestAt: { $lt: latestAt } }, { latestAt, _id: { $lt: keyOf({ doctorId, patientId }) } }],
});
