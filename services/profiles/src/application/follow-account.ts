import { Injectable } from '@nestjs/common';
import type { DoctorProfile } from '../domain/doctor-profile.js';
import { NotFound } from '../domain/errors.js';
import { Doctors } from '../domain/profiles.js';

/** A doctor whose account is suspended sees nobody, whatever their licence. */
@Injectable()
export class FollowAccountHandler {
  constructor(private readonly doctors: Doctors) {}

  /** @throws NotFound while the word of the registration is still to come */
  suspend(doctorId: string): Promise<void> {
    return this.change(doctorId, (profile) => profile.suspendAccount());
  }

  /** @throws NotFound as above */
  reinstate(doctorId: string): Promise<void> {
    return this.change(doctorId, (profile) => profile.reinstateAccount());
  }

  /** Within the transaction of the message: who changes the profile meanwhile has it repeated. */
  private async change(doctorId: string, step: (profile: DoctorProfile) => void): Promise<void> {
    const profile = await this.doctors.find(doctorId);
    if (!profile) throw new NotFound(`doctor ${doctorId}`);
    step(profile);
    if (profile.changed) await this.doctors.save(profile);
  }
}
