import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions } from '@medflow/service-kit';
import type { Model, QueryFilter } from 'mongoose';
import { Appointment, type AppointmentState, type Side } from '../../domain/appointment.js';
import { type AppointmentFilter, type AppointmentPage, Appointments } from '../../domain/appointments.js';
import { ConcurrentChange, NotFound } from '../../domain/errors.js';
import type { AppointmentFact } from '../../domain/appointment.js';
import { FactLog } from '../fact-log.js';
import { MongoClaims } from './mongo-claims.js';
import { AppointmentRecord } from './schemas.js';

const toRecord = ({ id, ...state }: AppointmentState) => ({ _id: id, ...state });

const toState = ({ _id, ...record }: AppointmentRecord): AppointmentState => ({ id: _id, ...record });

@Injectable()
export class MongoAppointments extends Appointments {
  constructor(
    @InjectModel(AppointmentRecord.name) private readonly appointments: Model<AppointmentRecord>,
    private readonly claims: MongoClaims,
    private readonly facts: FactLog,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async add(appointment: Appointment): Promise<void> {
    await this.transactions.run(async () => {
      await this.claims.claim(appointment.state);
      await this.appointments.collection.insertOne(toRecord(appointment.state) as never, {
        session: this.transactions.session,
      });
      await this.tell(appointment.facts);
    });
  }

  async save(appointment: Appointment): Promise<void> {
    const { _id, ...state } = toRecord(appointment.state);
    await this.transactions.run(async () => {
      const { matchedCount } = await this.appointments.collection.updateOne(
        { _id: _id as never, version: appointment.savedVersion },
        { $set: state },
        { session: this.transactions.session },
      );
      if (matchedCount === 0)
        throw new ConcurrentChange(`appointment ${_id} is not at version ${appointment.savedVersion}`);
      if (appointment.releasesTime) await this.claims.release(appointment.state);
      await this.tell(appointment.facts);
    });
  }

  ofDoctor(doctorId: string, id: string): Promise<Appointment> {
    return this.one({ _id: id, 'doctor.id': doctorId });
  }

  ofPatient(patientId: string, id: string): Promise<Appointment> {
    return this.one({ _id: id, 'patient.id': patientId });
  }

  async list(
    side: Side,
    accountId: string,
    filter: AppointmentFilter,
    page: AppointmentPage,
  ): Promise<AppointmentState[]> {
    const conditions: QueryFilter<AppointmentRecord>[] = [{ [`${side}.id`]: accountId }];
    if (filter.statuses) conditions.push({ status: { $in: [...filter.statuses] } });
    if (filter.from) conditions.push({ startsAt: { $gte: filter.from } });
    if (filter.to) conditions.push({ startsAt: { $lt: filter.to } });
    if (filter.patientId !== undefined) conditions.push({ 'patient.id': filter.patientId });
    const [direction, beyond] = page.order === 'asc' ? ([1, '$gt'] as const) : ([-1, '$lt'] as const);
    if (page.after) {
      const { startsAt, id } = page.after;
      // The first clause bounds the index scan, the second breaks ties.
      conditions.push({ startsAt: { [`${beyond}e`]: startsAt } });
      conditions.push({ $or: [{ startsAt: { [beyond]: startsAt } }, { startsAt, _id: { [beyond]: id } }] });
    }
    const records = await this.appointments
      .find({ $and: conditions })
      .sort({ startsAt: direction, _id: direction })
      .limit(page.limit + 1)
      .lean<AppointmentRecord[]>();
    return records.map(toState);
  }

  async unanswered(now: Date, limit: number): Promise<Appointment[]> {
    const records = await this.appointments
      .find({ status: 'requested', startsAt: { $lte: now } })
      .sort({ startsAt: 1 })
      .limit(limit)
      .lean<AppointmentRecord[]>();
    return records.map((record) => Appointment.restore(toState(record)));
  }

  async rename(side: Side, accountId: string, name: { firstName: string; lastName: string }): Promise<void> {
    const { firstName, lastName } = name;
    await this.appointments.collection.updateMany(
      {
        [`${side}.id`]: accountId,
        $or: [{ [`${side}.firstName`]: { $ne: firstName } }, { [`${side}.lastName`]: { $ne: lastName } }],
      },
      { $set: { [`${side}.firstName`]: firstName, [`${side}.lastName`]: lastName } },
      { session: this.transactions.session },
    );
  }

  private async one(filter: QueryFilter<AppointmentRecord>): Promise<Appointment> {
    const record = await this.appointments
      .findOne(filter)
      .session(this.transactions.session ?? null)
      .lean<AppointmentRecord>();
    if (!record) throw new NotFound('appointment');
    return Appointment.restore(toState(record));
  }

  private tell(facts: readonly AppointmentFact[]): Promise<void> {
    return this.facts.append(facts);
  }
}
