import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey, MongoTransactions } from '@medflow/service-kit';
import { LRUCache } from 'lru-cache';
import type { Model, UpdateQuery } from 'mongoose';
import { Availability } from '../../domain/availability.js';
import { type AvailabilityPlan, defaultPlan } from '../../domain/availability-plan.js';
import { type Doctor, Doctors, type ListedDoctor } from '../../domain/doctors.js';
import { VersionMismatch } from '../../domain/errors.js';
import { nameChangeOf, type NameChange } from '../../domain/renames.js';
import { personOf } from '../../domain/values.js';
import { FactLog } from '../fact-log.js';
import { PracticeChanges } from '../practice-changes.js';
import { DoctorRecord } from './schemas.js';

/** Each with up to 1,600 slots: 23 MB together (docs/measurements.md). */
const PLANS_KEPT = 200;
/** Of all plans together: a plan may have a thousand, and two hundred more for each season. */
const RULES_KEPT = 20_000;

const ruleCount = ({ weekly, seasons, dates, exceptions }: AvailabilityPlan): number =>
  seasons.reduce((sum, season) => sum + season.weekly.length, weekly.length + dates.length + exceptions.length);

@Injectable()
export class MongoDoctors extends Doctors {
  /** An availability remembers the slots it has cut, so the same version is the same object. */
  private readonly availabilities = new LRUCache<string, Availability>({
    max: PLANS_KEPT,
    maxSize: RULES_KEPT,
    sizeCalculation: ({ plan }) => 1 + ruleCount(plan),
  });

  constructor(
    @InjectModel(DoctorRecord.name) private readonly doctors: Model<DoctorRecord>,
    private readonly facts: FactLog,
    private readonly practiceChanges: PracticeChanges,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async find(doctorId: string): Promise<Doctor | undefined> {
    const record = await this.doctors.findById(doctorId, { summary: 0, summaryWork: 0 }).lean<DoctorRecord>();
    return record ? this.restore(record) : undefined;
  }

  restore(record: DoctorRecord): Doctor {
    const { _id: id, published, barredSince, version, profileSequence: sequence } = record;
    const person = { ...personOf({ ...record, id }), sequence };
    const availability = this.availabilityOf(record);
    return { id, person, published, ...(barredSince && { barredSince }), version, availability };
  }

  async publishAvailability(doctorId: string, plan: AvailabilityPlan, expected: number | undefined): Promise<number> {
    // Not an upsert: two first writers at once would make it fail or answer nothing.
    await this.ensure(doctorId);
    const at = new Date();
    return this.transactions.run(async () => {
      const record = await this.doctors
        .findOneAndUpdate(
          { _id: doctorId, ...(expected !== undefined && { version: expected }) },
          { $set: { plan, plannedAt: at }, $inc: { version: 1 } },
          { returnDocument: 'after', projection: { version: 1 }, session: this.transactions.session! },
        )
        .lean<DoctorRecord>();
      if (!record) throw new VersionMismatch(`availability of ${doctorId} is not at version ${expected}`);
      const { version } = record;
      await this.facts.planned({ doctorId, timeZone: plan.timeZone, version, at });
      return version;
    });
  }

  async show(doctor: ListedDoctor, sequence: number): Promise<NameChange> {
    const { id, photo, specializations, city } = doctor;
    const { id: _, ...named } = personOf(doctor);
    const before = await this.doctors
      .findById(id, { firstName: 1, lastName: 1, photo: 1, profileSequence: 1 })
      .session(this.transactions.session ?? null)
      .lean<DoctorRecord>();
    const card = { ...named, specializations: [...specializations], city };
    const due = { 'summaryWork.dueAt': new Date() };
    await this.follow(id, sequence, {
      $set: { ...card, published: true, ...due },
      $unset: { barredSince: '', 'summaryWork.claim': '', ...(photo === undefined && { photo: '' }) },
    });
    return before && before.profileSequence >= sequence ? 'none' : nameChangeOf(before ?? undefined, doctor);
  }

  async hide(doctorId: string, sequence: number): Promise<void> {
    await this.follow(doctorId, sequence, { $set: { published: false }, $unset: { barredSince: '' } });
  }

  async bar(doctorId: string, since: Date, sequence: number): Promise<void> {
    // Barred again, perhaps for another reason, is barred since then.
    const from = { $min: { barredSince: since, settleSince: since } };
    await this.follow(doctorId, sequence, { $set: { published: false }, ...from });
  }

  /** A plan of before some setting has its default. */
  private availabilityOf({ _id, version, plan }: DoctorRecord): Availability {
    const key = `${_id}|${version}`;
    const known = this.availabilities.get(key);
    if (known) return known;
    const availability = Availability.restore(_id, { ...defaultPlan, ...plan });
    this.availabilities.set(key, availability);
    return availability;
  }

  /** Applies profiles' word unless a later one is known, and has the doctor's appointments looked at. */
  private async follow(
    doctorId: string,
    sequence: number,
    { $set, ...change }: { $set: Partial<DoctorRecord> } & UpdateQuery<DoctorRecord>,
  ): Promise<void> {
    const { session } = this.transactions;
    await this.ensure(doctorId);
    await this.doctors.collection.updateOne(
      { _id: doctorId as never, profileSequence: { $lt: sequence } },
      { $set: { ...$set, profileSequence: sequence, settleAt: new Date() }, ...change } as never,
      { session },
    );
    this.transactions.afterCommit(() => this.practiceChanges.announce());
  }

  /** A doctor whom nobody has told of yet: not published, without a plan. */
  private async ensure(doctorId: string): Promise<void> {
    const nobody = { firstName: '', lastName: '', published: false, version: 0, profileSequence: 0 };
    try {
      await this.doctors.collection.updateOne(
        { _id: doctorId as never },
        { $setOnInsert: nobody },
        { upsert: true, session: this.transactions.session },
      );
    } catch (error) {
      // Outside a transaction, losing the race to insert leaves what was wanted.
      if (!isDuplicateKey(error) || this.transactions.session) throw error;
    }
  }
}
