import { Injectable } from '@nestjs/common';
import type { Verification } from '../domain/codes.js';
import { DoctorProfile } from '../domain/doctor-profile.js';
import { NotFound } from '../domain/errors.js';
import { Doctors, type QueuePlace } from '../domain/profiles.js';
import { decideAgain } from './decide-again.js';

/** What administrators do about doctors' licences. */
@Injectable()
export class VerifyLicenceHandler {
  constructor(private readonly doctors: Doctors) {}

  /** Up to `limit` profiles, longest waiting first. */
  async queue(verification: Verification, limit: number, after?: QueuePlace): Promise<DoctorProfile[]> {
    const states = await this.doctors.queue(verification, limit, after);
    return states.map((state) => DoctorProfile.restore(state));
  }

  /** @throws NotFound, LicenceNotSubmitted */
  verify(doctorId: string): Promise<DoctorProfile> {
    return this.decide(doctorId, (profile) => profile.verify());
  }

  /** @throws NotFound, LicenceNotSubmitted */
  refuse(doctorId: string, reason: string): Promise<DoctorProfile> {
    return this.decide(doctorId, (profile) => profile.refuse(reason));
  }

  private decide(doctorId: string, decision: (profile: DoctorProfile) => void): Promise<DoctorProfile> {
    return decideAgain(async () => {
      const profile = await this.doctors.find(doctorId);
      if (!profile) throw new NotFound(`doctor ${doctorId}`);
      decision(profile);
      if (profile.changed) await this.doctors.save(profile);
      return profile;
    });
  }
}
