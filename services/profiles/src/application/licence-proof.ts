import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { DoctorProfile } from '../domain/doctor-profile.js';
import { NotFound } from '../domain/errors.js';
import { DocumentStudio, LicenceProofs, type ProofType } from '../domain/licence-proof.js';
import { Clock } from '../domain/ports.js';
import { Doctors } from '../domain/profiles.js';
import type { Newcomer } from '../domain/values.js';
import { OwnDoctorProfileHandler } from './own-doctor-profile.js';

/** What a doctor shows of the licence, to administrators and nobody else. */
@Injectable()
export class LicenceProofHandler {
  constructor(
    private readonly own: OwnDoctorProfileHandler,
    private readonly doctors: Doctors,
    private readonly proofs: LicenceProofs,
    private readonly studio: DocumentStudio,
    private readonly clock: Clock,
  ) {}

  /** @throws NotADocument, StudioBusy */
  async replace(owner: Newcomer, file: Uint8Array): Promise<DoctorProfile> {
    const { type, content } = await this.studio.proofOf(file);
    const [bytes, sentAt] = [content.length, this.clock.now()];
    return this.own.prove(owner, { id: randomUUID(), doctorId: owner.id, type, bytes, sentAt, content });
  }

  async remove(owner: Newcomer): Promise<void> {
    await this.own.prove(owner, null);
  }

  /** @throws NotFound */
  async read(doctorId: string): Promise<{ type: ProofType; content: Uint8Array }> {
    const proof = (await this.doctors.find(doctorId))?.state.licenceProof;
    const content = proof && (await this.proofs.content(proof.id));
    if (!content) throw new NotFound(`licence proof of ${doctorId}`);
    return { type: proof.type, content };
  }
}
