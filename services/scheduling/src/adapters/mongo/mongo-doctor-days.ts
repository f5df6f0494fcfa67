import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey, MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import type { AppointmentState } from '../../domain/appointment-state.js';
import { defaultPlan } from '../../domain/availability-plan.js';
import {
  type DayCounts,
  dayOf,
  type DoctorDay,
  DoctorDays,
  NOTHING,
  outcomeOf,
  settledStatuses,
  sumOf,
} from '../../domain/doctor-days.js';
import { AppointmentRecord, DoctorDayRecord, DoctorRecord } from './schemas.js';

const BATCH = 1_000;
/** Not the day of any doctor: there when all that was settled before has been counted. */
const COMPLETE = '#complete';

export const dayId = ({ doctorId, day }: Row) => `${doctorId}|${day}`;

interface Row {
  doctorId: string;
  day: string;
}

/** An appointment that counts for a day from now on. */
export interface Counted {
  appointmentId: string;
  doctorId: string;
  day: string;
  counts: DayCounts;
}

/** Ids of the appointments and the sum of what they add, by the row they add it to. */
export function byRow(counted: readonly Counted[]): Map<string, Row & { ids: string[]; counts: DayCounts }> {
  const rows = new Map<string, Row & { ids: string[]; counts: DayCounts }>();
  for (const { appointmentId, doctorId, day, counts } of counted) {
    const id = dayId({ doctorId, day });
    const row = rows.get(id) ?? { doctorId, day, ids: [], counts: NOTHING };
    row.ids.push(appointmentId);
    rows.set(id, { ...row, counts: sumOf(row.counts, counts) });
  }
  return rows;
}

/**
 * Rows of counts by doctor and day. That an appointment has been counted, and for which day, is written on it in the
 * same transaction as the row: so it counts once, and for that day also when the doctor moves to another time zone.
 */
@Injectable()
export class MongoDoctorDays extends DoctorDays implements OnApplicationBootstrap {
  private seenComplete = false;
  private after = '';

  constructor(
    @InjectModel(DoctorDayRecord.name) private readonly days: Model<DoctorDayRecord>,
    @InjectModel(AppointmentRecord.name) private readonly appointments: Model<AppointmentRecord>,
    @InjectModel(DoctorRecord.name) private readonly doctors: Model<DoctorRecord>,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  /** Where the rows are gone, nothing has been counted, whatever is written on the appointments. */
  async onApplicationBootstrap(): Promise<void> {
    if (await this.isComplete()) return;
    await this.transactions.run(async () => {
      const { session } = this.transactions;
      // Whoever counts at this moment writes on an appointment as well, and one of the two begins again.
      if (await this.days.findOne({}, { _id: 1 }).session(session ?? null)) return;
      const counted = { countedOn: { $exists: true } };
      await this.appointments.collection.updateMany(counted, { $unset: { countedOn: '' } }, { session });
    });
  }

  async between(doctorId: string, from: string, to: string): Promise<DoctorDay[]> {
    const records = await this.days
      .find({ doctorId, day: { $gte: from, $lte: to } })
      .sort({ day: 1 })
      .lean<DoctorDayRecord[]>();
    return records
      .filter(({ requested }) => requested > 0)
      .map(({ day, consultations, noShows, cancelled, requested }) => ({
        day,
        consultations,
        noShows,
        cancelled,
        requested,
      }));
  }

  /**
   * The day that the appointment counts for once it is settled. To be called before the transaction that settles it:
   * two that insert the same row would collide, so the row is made first.
   */
  async prepare({ doctor, startsAt }: AppointmentState): Promise<string> {
    return this.transactions.outside(async () => {
      const zones = await this.zonesOf([doctor.id]);
      const day = dayOf(startsAt, zones(doctor.id));
      await this.insertOnce({ doctorId: doctor.id, day });
      return day;
    });
  }

  /** Within the transaction that settles the appointment and writes the day on it. */
  async count(state: AppointmentState, day: string): Promise<void> {
    await this.add({ doctorId: state.doctor.id, day }, outcomeOf(state)!);
  }

  async countEarlier(): Promise<boolean> {
    if (await this.isComplete()) return false;
    // In the order of ids, so that what has been counted is not looked at again.
    const batch = await this.appointments
      .find({ _id: { $gt: this.after }, ...uncounted })
      .sort({ _id: 1 })
      .limit(BATCH)
      .lean<AppointmentRecord[]>();
    const counted = await this.countedOf(batch);
    for (const row of byRow(counted).values()) await this.insertOnce(row);
    await this.transactions.run(() => this.countStill(counted));
    this.after = batch.at(-1)?._id ?? this.after;
    if (batch.length === BATCH) return true;
    await this.insertOnce(COMPLETE);
    return false;
  }

  /** Those of them that nobody has counted meanwhile. */
  private async countStill(counted: readonly Counted[]): Promise<void> {
    const { session } = this.transactions;
    const ids = counted.map(({ appointmentId }) => appointmentId);
    const left = await this.appointments
      .find({ _id: { $in: ids }, ...uncounted }, { _id: 1 })
      .session(session ?? null)
      .lean<AppointmentRecord[]>();
    const still = new Set(left.map(({ _id }) => _id));
    for (const row of byRow(counted.filter((one) => still.has(one.appointmentId))).values()) {
      await this.appointments.collection.updateMany(
        { _id: { $in: row.ids as never[] } },
        { $set: { countedOn: row.day } },
        { session },
      );
      await this.add(row, row.counts);
    }
  }

  private async countedOf(records: readonly AppointmentRecord[]): Promise<Counted[]> {
    const zoneOf = await this.zonesOf([...new Set(records.map(({ doctor }) => doctor.id))]);
    return records.flatMap(({ _id, doctor, startsAt, status }) => {
      const counts = outcomeOf({ status, announced: true });
      return counts
        ? [{ appointmentId: _id, doctorId: doctor.id, day: dayOf(startsAt, zoneOf(doctor.id)), counts }]
        : [];
    });
  }

  private async zonesOf(doctorIds: string[]): Promise<(doctorId: string) => string> {
    const records = await this.doctors.find({ _id: { $in: doctorIds } }, { 'plan.timeZone': 1 }).lean<DoctorRecord[]>();
    const zones = new Map(records.map(({ _id, plan }) => [_id, plan?.timeZone]));
    return (doctorId) => zones.get(doctorId) ?? defaultPlan.timeZone;
  }

  private async add({ doctorId, day }: Row, counts: DayCounts): Promise<void> {
    await this.days.collection.updateOne(
      { _id: dayId({ doctorId, day }) as never },
      { $inc: { ...counts }, $setOnInsert: { doctorId, day } },
      { upsert: true, session: this.transactions.session },
    );
  }

  private async isComplete(): Promise<boolean> {
    this.seenComplete ||= (await this.days.exists({ _id: COMPLETE })) !== null;
    return this.seenComplete;
  }

  private async insertOnce(row: Row | typeof COMPLETE): Promise<void> {
    const _id = row === COMPLETE ? row : dayId(row);
    if (await this.days.exists({ _id })) return;
    const of = row === COMPLETE ? {} : { doctorId: row.doctorId, day: row.day };
    try {
      await this.days.collection.insertOne({ _id: _id as never, ...of, ...NOTHING });
    } catch (error) {
      // Losing the race leaves what was wanted.
      if (!isDuplicateKey(error)) throw error;
    }
  }
}

/** Settled, and not written on it for which day it counts. */
const uncounted = { status: { $in: settledStatuses }, announced: { $ne: false }, countedOn: null };
