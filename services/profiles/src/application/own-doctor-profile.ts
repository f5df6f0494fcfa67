import { Injectable } from '@nestjs/common';
import { type DoctorDetails, DoctorProfile } from '../domain/doctor-profile.js';
import { VersionMismatch } from '../domain/errors.js';
import type { LicenceProofFile } from '../domain/licence-proof.js';
import type { Photo } from '../domain/photo.js';
import { Clock } from '../domain/ports.js';
import { Doctors } from '../domain/profiles.js';
import type { Newcomer } from '../domain/values.js';
import { decideAgain } from './decide-again.js';

/** A doctor's own profile. It exists as soon as they ask for it, whether identity's event has come yet or not. */
@Injectable()
export class OwnDoctorProfileHandler {
  constructor(
    private readonly doctors: Doctors,
    private readonly clock: Clock,
  ) {}

  /** Opens it from the account's names when there is none; an edited one stays as it is. */
  read(owner: Newcomer): Promise<DoctorProfile> {
    return this.change(owner, () => undefined);
  }

  /** @throws VersionMismatch when `expected` is given and is not the present version */
  replace(owner: Newcomer, details: DoctorDetails, expected: number | undefined): Promise<DoctorProfile> {
    return decideAgain(async () => {
      const profile = await this.find(owner);
      const { version } = profile.state;
      if (expected !== undefined && expected !== version) throw new VersionMismatch(`version is ${version}`);
      profile.replace(details, this.clock.now());
      await this.doctors.save(profile);
      return profile;
    });
  }

  /** @param photo null: none from now on */
  show(owner: Newcomer, photo: Photo | null): Promise<DoctorProfile> {
    return this.change(owner, (profile) => profile.show(photo));
  }

  /** @param file null: none from now on */
  prove(owner: Newcomer, file: LicenceProofFile | null): Promise<DoctorProfile> {
    return this.change(owner, (profile) => profile.prove(file));
  }

  private change(owner: Newcomer, decide: (profile: DoctorProfile) => void): Promise<DoctorProfile> {
    return decideAgain(async () => {
      const profile = await this.find(owner);
      decide(profile);
      if (profile.changed) await this.doctors.save(profile);
      return profile;
    });
  }

  private async find(owner: Newcomer): Promise<DoctorProfile> {
    return (await this.doctors.find(owner.id)) ?? DoctorProfile.open(owner, this.clock.now());
  }
}
