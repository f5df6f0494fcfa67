import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, QueryFilter } from 'mongoose';
import { Agendas } from '../../domain/agendas.js';
import type { AppointmentState, PaymentStatus, Status } from '../../domain/appointment-state.js';
import { DAY_MS } from '../../domain/values.js';
import { toState } from './mongo-appointments.js';
import { AppointmentRecord } from './schemas.js';

const VISITS: Status[] = ['accepted', 'completed', 'missed'];
const COMING: Status[] = ['accepted', 'requested'];
const UNPAID: PaymentStatus[] = ['due', 'requires-action', 'failed'];
/** More than any doctor sees. */
const A_DAY = 100;

type Filter = QueryFilter<AppointmentRecord>;

/**
 * Every query has a range of the index of the doctor or the patient that starts at an instant, and so never meets what
 * lies before. What is not in the index is a stage of its own: MongoDB makes one of the two, SecantusDB, asked for both at
 * once, would read all that the person ever had.
 */
@Injectable()
export class MongoAgendas extends Agendas {
  constructor(@InjectModel(AppointmentRecord.name) private readonly appointments: Model<AppointmentRecord>) {
    super();
  }

  visits(doctorId: string, from: Date, to: Date): Promise<AppointmentState[]> {
    const range = { 'doctor.id': doctorId, startsAt: { $gte: from, $lt: to } };
    return this.first(range, { status: { $in: VISITS } }, A_DAY);
  }

  async requests(doctorId: string, now: Date, limit: number): Promise<{ count: number; first: AppointmentState[] }> {
    const range = { 'doctor.id': doctorId, startsAt: { $gt: now } };
    const open: Filter = { status: 'requested' };
    const [count, first] = await Promise.all([this.countOf(range, open), this.first(range, open, limit)]);
    return { count, first };
  }

  async next(patientId: string, now: Date): Promise<AppointmentState | undefined> {
    // No visit lasts a day.
    const range = { 'patient.id': patientId, startsAt: { $gt: new Date(now.getTime() - DAY_MS) } };
    return (await this.first(range, { endsAt: { $gt: now }, status: { $in: COMING } }, 1))[0];
  }

  /** Those of before payments have no state of a payment, and none to pay. */
  unpaid(patientId: string, since: Date, now: Date, limit: number): Promise<AppointmentState[]> {
    const payable: Filter[] = [
      { status: { $in: ['accepted', 'completed'] } },
      { status: 'requested', timing: 'at-booking' },
      { status: 'held', holdUntil: { $gt: now } },
    ];
    const range = { 'patient.id': patientId, startsAt: { $gt: since } };
    return this.first(
      range,
      { 'payment.status': { $in: UNPAID }, doctorUnavailable: { $ne: true }, $or: payable },
      limit,
    );
  }

  private async first(range: Filter, filter: Filter, limit: number): Promise<AppointmentState[]> {
    const records = await this.appointments.collection
      .aggregate<AppointmentRecord>([
        { $match: range },
        { $match: filter },
        { $sort: { startsAt: 1, _id: 1 } },
        { $limit: limit },
      ])
      .toArray();
    return records.map(toState);
  }

  private async countOf(range: Filter, filter: Filter): Promise<number> {
    const [counted] = await this.appointments.collection
      .aggregate<{ count: number }>([
        { $match: range },
        { $match: filter },
        { $group: { _id: null, count: { $sum: 1 } } },
      ])
      .toArray();
    return counted?.count ?? 0;
  }
}
