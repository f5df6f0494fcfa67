import { Injectable } from '@nestjs/common';
import { VersionMismatch } from '../domain/errors.js';
import { type PatientDetails, PatientProfile } from '../domain/patient-profile.js';
import type { Photo } from '../domain/photo.js';
import { Clock } from '../domain/ports.js';
import { Patients } from '../domain/profiles.js';
import type { Newcomer } from '../domain/values.js';
import { decideAgain } from './decide-again.js';

/** A patient's own profile. It exists as soon as they ask for it, whether identity's event has come yet or not. */
@Injectable()
export class OwnPatientProfileHandler {
  constructor(
    private readonly patients: Patients,
    private readonly clock: Clock,
  ) {}

  /** Opens it from the account's names when there is none; an edited one stays as it is. */
  read(owner: Newcomer): Promise<PatientProfile> {
    return decideAgain(async () => {
      const profile = await this.find(owner);
      if (profile.changed) await this.patients.save(profile);
      return profile;
    });
  }

  /** @throws InvalidProfile, VersionMismatch when `expected` is given and is not the present version */
  replace(owner: Newcomer, details: PatientDetails, expected: number | undefined): Promise<PatientProfile> {
    return decideAgain(async () => {
      const profile = await this.find(owner);
      const { version } = profile.state;
      if (expected !== undefined && expected !== version) throw new VersionMismatch(`version is ${version}`);
      profile.replace(details, this.clock.now());
      await this.patients.save(profile);
      return profile;
    });
  }

  /** @param photo null: none from now on */
  show(owner: Newcomer, photo: Photo | null): Promise<PatientProfile> {
    return decideAgain(async () => {
      const profile = await this.find(owner);
      profile.show(photo);
      if (profile.changed) await this.patients.save(profile);
      return profile;
    });
  }

  private async find(owner: Newcomer): Promise<PatientProfile> {
    return (await this.patients.find(owner.id)) ?? PatientProfile.open(owner);
  }
}
