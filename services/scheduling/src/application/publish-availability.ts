import type { AccountSubject } from '@medflow/access';
import { Injectable } from '@nestjs/common';
import { access } from '../access.js';
import { Availability } from '../domain/availability.js';
import { type AvailabilityPlan, defaultPlan } from '../domain/availability-plan.js';
import { Doctors } from '../domain/doctors.js';
import { Practices } from '../domain/practice.js';
import { Summaries } from './summaries.js';

export interface VersionedPlan {
  plan: AvailabilityPlan;
  version: number;
}

/** A doctor's own hours and prices. What is booked already stays as it was booked. */
@Injectable()
export class AvailabilityHandler {
  constructor(
    private readonly doctors: Doctors,
    private readonly practices: Practices,
    private readonly summaries: Summaries,
  ) {}

  /** The defaults at version 0 before the first publication. */
  async read(doctorId: string): Promise<VersionedPlan> {
    const doctor = await this.doctors.find(doctorId);
    return doctor ? { plan: doctor.availability.plan, version: doctor.version } : { plan: defaultPlan, version: 0 };
  }

  /** @throws NotPractising, InvalidAvailability, VersionMismatch */
  async publish(by: AccountSubject, plan: AvailabilityPlan, expected: number | undefined): Promise<VersionedPlan> {
    const { id: doctorId } = by;
    access.expect(by, 'publish', 'availability', {
      doctorId,
      barredSince: await this.practices.barredSince(doctorId),
    });
    const availability = Availability.publish(doctorId, plan);
    const version = await this.doctors.publishAvailability(doctorId, availability.plan, expected);
    this.summaries.touch(doctorId);
    return { plan, version };
  }
}
