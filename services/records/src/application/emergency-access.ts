import type { AccountSubject } from '@medflow/access';
import { People } from '@medflow/people';
import { Injectable } from '@nestjs/common';
import { access } from '../access.js';
import { AccessLog } from '../domain/access-log.js';
import {
  type EmergencyAccess,
  EmergencyAccesses,
  type EmergencyPage,
  openInEmergency,
  review,
  type Verdict,
} from '../domain/emergency.js';
import { NotFound } from '../domain/errors.js';
import { Clock, Ids } from '../domain/ports.js';
import { UnitOfWork } from '../domain/unit-of-work.js';
import { type Asked, OpenRecords } from './open-records.js';
import type { Named } from './read-record.js';

export interface NamedEmergency {
  readonly access: EmergencyAccess;
  readonly people: Named;
}

/** Opens a record to a doctor who does not care for the patient, in an emergency, and has an administrator look at it. */
@Injectable()
export class EmergencyAccessHandler {
  constructor(
    private readonly records: OpenRecords,
    private readonly emergencies: EmergencyAccesses,
    private readonly log: AccessLog,
    private readonly work: UnitOfWork,
    private readonly people: People,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** One that is open already is answered again. @throws NotPractising, AlreadyInCare, NotFound */
  async open({ by, patientId }: Asked, reason: string): Promise<NamedEmergency> {
    const now = this.clock.now();
    const standing = await this.records.standing(by.id, patientId);
    access.expect(by, 'open', 'emergency-access', { patientId, standing });
    const people = await this.people.find([patientId, by.id]);
    // Of whom nobody has told is nobody.
    if (people.get(patientId)!.lastName === '') throw new NotFound(`patient ${patientId}`);
    const current = await this.emergencies.current(by.id, patientId, now);
    if (current) return { access: current, people };
    const opened = openInEmergency(standing, { id: this.ids.next(), patientId, reason }, now);
    await this.work.run(patientId, async () => {
      await this.emergencies.open(opened);
      const line = { patientId, at: now, actorId: by.id, role: 'doctor', action: 'open-emergency' } as const;
      await this.log.append({ ...line, purpose: 'emergency', subjectId: opened.id, reason });
    });
    return { access: opened, people };
  }

  async list(reviewed: boolean, page: EmergencyPage): Promise<{ accesses: EmergencyAccess[]; people: Named }> {
    const accesses = await this.emergencies.list(reviewed, page);
    const people = await this.people.find(accesses.flatMap(({ doctorId, patientId }) => [doctorId, patientId]));
    return { accesses, people };
  }

  /** @throws NotFound, AlreadyReviewed */
  async review(by: AccountSubject, id: string, verdict: Verdict, comment?: string): Promise<NamedEmergency> {
    const found = await this.emergencies.find(id);
    const at = this.clock.now();
    const judged = review(found, { by: by.id, at, verdict, ...(comment !== undefined && { comment }) });
    await this.emergencies.saveReview(judged);
    return { access: judged, people: await this.people.find([judged.doctorId, judged.patientId]) };
  }
}
