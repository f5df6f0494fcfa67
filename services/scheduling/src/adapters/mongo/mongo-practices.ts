import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { WorkList } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import { Appointment } from '../../domain/appointment.js';
import { type PracticeChange, Practices } from '../../domain/practice.js';
import { toState } from './mongo-appointments.js';
import { AppointmentRecord, DoctorRecord } from './schemas.js';

@Injectable()
export class MongoPractices extends Practices {
  private readonly list = new WorkList<DoctorRecord>(() => this.doctors.collection as never, {
    fields: { dueAt: 'settleAt', claim: 'settleClaim' },
  });

  constructor(
    @InjectModel(DoctorRecord.name) private readonly doctors: Model<DoctorRecord>,
    @InjectModel(AppointmentRecord.name) private readonly appointments: Model<AppointmentRecord>,
  ) {
    super();
  }

  async barredSince(doctorId: string): Promise<Date | undefined> {
    const record = await this.doctors.findById(doctorId, { barredSince: 1 }).lean<DoctorRecord>();
    return record?.barredSince;
  }

  async claim(now: Date, until: Date, limit: number) {
    const { claim, rows, next } = await this.list.claim(now, until, limit);
    const changes = rows.map(
      ({ _id: doctorId, barredSince, settleSince: since, specializations = [], city, profileSequence }) => ({
        doctorId,
        ...(barredSince && { barredSince }),
        ...(since && { since }),
        searchFor: { ...(specializations[0] && { specialization: specializations[0] }), ...(city && { city }) },
        sequence: profileSequence,
        claim,
      }),
    );
    return { changes, next };
  }

  async misfits({ doctorId, since, barredSince }: PracticeChange, now: Date, limit: number): Promise<Appointment[]> {
    const barred = {
      $or: [
        { status: { $in: ['held', 'requested'] } },
        { status: 'accepted', doctorUnavailable: true, startsAt: { $lte: now } },
        { status: 'accepted', doctorUnavailable: { $ne: true }, startsAt: { $gte: barredSince } },
      ],
    };
    // A stage each: SecantusDB uses its index for the first alone.
    const records = await this.appointments.collection
      .aggregate<AppointmentRecord>([
        { $match: { 'doctor.id': doctorId, startsAt: { $gte: since } } },
        { $match: barredSince ? barred : { status: 'accepted', doctorUnavailable: true } },
        { $sort: { startsAt: 1, _id: 1 } },
        { $limit: limit },
      ])
      .toArray();
    return records.map((record) => Appointment.restore(toState(record)));
  }

  async nextWithoutDoctor(doctorId: string, now: Date): Promise<Date | undefined> {
    const [next] = await this.appointments.collection
      .aggregate<Pick<AppointmentRecord, 'startsAt'>>([
        { $match: { 'doctor.id': doctorId, startsAt: { $gt: now } } },
        { $match: { status: 'accepted', doctorUnavailable: true } },
        { $sort: { startsAt: 1 } },
        { $limit: 1 },
        { $project: { startsAt: 1 } },
      ])
      .toArray();
    return next?.startsAt;
  }

  async settled({ doctorId, barredSince, sequence, claim }: PracticeChange, next: Date | undefined): Promise<void> {
    const over = { settleAt: '', ...(!barredSince && { settleSince: '' }) };
    await this.doctors.collection.updateOne(
      { _id: doctorId as never, profileSequence: sequence, settleClaim: claim },
      next ? { $set: { settleAt: next }, $unset: { settleClaim: '' } } : { $unset: { settleClaim: '', ...over } },
    );
  }
}
