import { Injectable } from '@nestjs/common';
import { Photos, PortraitStudio } from '../domain/photo.js';
import type { Newcomer } from '../domain/values.js';
import { OwnDoctorProfileHandler } from './own-doctor-profile.js';
import { OwnPatientProfileHandler } from './own-patient-profile.js';

type Side = 'patient' | 'doctor';

/** The photo of one's own profile. */
@Injectable()
export class OwnPhotoHandler {
  constructor(
    private readonly photos: Photos,
    private readonly studio: PortraitStudio,
    private readonly patients: OwnPatientProfileHandler,
    private readonly doctors: OwnDoctorProfileHandler,
  ) {}

  /** @returns its id @throws NotAnImage, StudioBusy */
  async replace(side: Side, owner: Newcomer, image: Uint8Array): Promise<string> {
    const profiles = this.profilesOf(side);
    const id = this.photos.idOf(owner.id, image);
    const { state } = await profiles.read(owner);
    if (state.photo !== id)
      await profiles.show(owner, { id, ownerId: owner.id, ...(await this.studio.portraitOf(image)) });
    return id;
  }

  async remove(side: Side, owner: Newcomer): Promise<void> {
    await this.profilesOf(side).show(owner, null);
  }

  private profilesOf(side: Side): OwnPatientProfileHandler | OwnDoctorProfileHandler {
    return side === 'patient' ? this.patients : this.doctors;
  }
}
