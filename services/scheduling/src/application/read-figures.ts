import { Injectable } from '@nestjs/common';
import { defaultPlan } from '../domain/availability-plan.js';
import { type DoctorDay, DoctorDays } from '../domain/doctor-days.js';
import { Doctors } from '../domain/doctors.js';

@Injectable()
export class ReadFiguresHandler {
  constructor(
    private readonly days: DoctorDays,
    private readonly doctors: Doctors,
  ) {}

  /** The doctor's days with anything in them, both ends included, and the time zone that says which day it is. */
  async execute(doctorId: string, from: string, to: string): Promise<{ timeZone: string; days: DoctorDay[] }> {
    const [doctor, days] = await Promise.all([this.doctors.find(doctorId), this.days.between(doctorId, from, to)]);
    return { timeZone: (doctor?.availability.plan ?? defaultPlan).timeZone, days };
  }
}
