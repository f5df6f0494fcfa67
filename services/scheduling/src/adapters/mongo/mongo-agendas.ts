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

/** Every query starts at an instant in the index of the doctor or the patient, and so never meets what lies before. */
@Injectable()
export class MongoAgendas extends Agendas {
  constructor(@InjectModel(AppointmentRecord.name) private readonly appointments: Model<AppointmentRecord>) {
    super();
  }

  visits(doctorId: string, from: Date, to: Date): Promise<AppointmentState[]> {
    return this.first({ 'doctor.id': doctorId, startsAt: { $gte: from, $lt: to }, status: { $in: VISITS } }, A_DAY);
  }

  async requests(doctorId: string, now: Date, limit: number): Promise<{ count: number; first: AppointmentState[] }> {
    const open = { 'doctor.id': doctorId, startsAt: { $gt: now }, status: 'requested' as const };
    const [count, first] = await Promise.all([this.appointments.countDocuments(open), this.first(open, limit)]);
    return { count, first };
  }

  async next(patientId: string, now: Date): Promise<AppointmentState | undefined> {
    // No visit lasts a day.
    const started = new Date(now.getTime() - DAY_MS);
    const filter = { 'patient.id': patientId, startsAt: { $gt: started }, endsAt: { $gt: now } };
    return (await this.first({ ...filter, status: { $in: COMING } }, 1))[0];
  }

  /** Those of before payments have no state of a payment, and none to pay. */
  unpaid(patientId: string, since: Date, now: Date, limit: number): Promise<AppointmentState[]> {
    const payable: QueryFilter<AppointmentRecord>[] = [
      { status: { $in: ['accepted', 'completed'] } },
      { status: 'requested', timing: 'at-booking' },
      { status: 'held', holdUntil: { $gt: now } },
    ];
    const filter = { 'patient.id': patientId, startsAt: { $gt: since }, 'payment.status': { $in: UNPAID } };
    return this.first({ ...filter, $or: payable }, limit);
  }

  private async first(filter: QueryFilter<AppointmentRecord>, limit: number): Promise<AppointmentState[]> {
    const records = await this.appointments
      .find(filter)
      .sort({ startsAt: 1, _id: 1 })
      .limit(limit)
      .lean<AppointmentRecord[]>();
    return records.map(toState);
  }
}
