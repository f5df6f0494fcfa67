import { CareVisits, isOpen, Practitioners } from '@medflow/care';
import type { AccountSubject, Purpose } from '@medflow/access';
import { Injectable } from '@nestjs/common';
import { access } from '../access.js';
import type { AccessAction, AccessPurpose } from '../domain/access-log.js';
import { AccessLog } from '../domain/access-log.js';
import { type EmergencyAccess, EmergencyAccesses } from '../domain/emergency.js';
import { Clock } from '../domain/ports.js';
import type { RecordOf, Standing } from '../domain/standing.js';

export interface Asked {
  readonly by: AccountSubject;
  readonly patientId: string;
}

type RecordStep =
  | 'read'
  | 'read-versions'
  | 'read-access-log'
  | 'write'
  | 'add-document'
  | 'correct'
  | 'withdraw'
  | 'export'
  | 'import'
  | 'share';

/** Opens records to those who may, and writes down that they were opened. */
@Injectable()
export class OpenRecords {
  constructor(
    private readonly visits: CareVisits,
    private readonly practitioners: Practitioners,
    private readonly emergencies: EmergencyAccesses,
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {}

  /** @throws NotTheirs, Forbidden where the policies do not allow it; nothing is written down then */
  async expect({ by, patientId }: Asked, step: RecordStep): Promise<AccessPurpose> {
    const record: RecordOf = {
      patientId,
      ...(by.role === 'doctor' && { standing: await this.standing(by.id, patientId) }),
    };
    return access.expect(by, step, 'record', record) as Purpose & AccessPurpose;
  }

  /** {@link expect} with a line in the access log: what is read next has been written down before. */
  async open(asked: Asked, step: RecordStep, action: AccessAction, subjectId?: string): Promise<AccessPurpose> {
    const purpose = await this.expect(asked, step);
    await this.note(asked, action, purpose, subjectId);
    return purpose;
  }

  async note({ by, patientId }: Asked, action: AccessAction, purpose: AccessPurpose, subjectId?: string) {
    const role = by.role as 'patient' | 'doctor';
    const at = this.clock.now();
    const line = { patientId, at, actorId: by.id, role, action, purpose };
    await this.log.append({ ...line, ...(subjectId !== undefined && { subjectId }) });
  }

  /** The doctor's own that is not over. */
  emergency({ by, patientId }: Asked): Promise<EmergencyAccess | undefined> {
    return this.emergencies.current(by.id, patientId, this.clock.now());
  }

  async standing(doctorId: string, patientId: string): Promise<Standing> {
    const now = this.clock.now();
    const [relation, mayPractise, emergency] = await Promise.all([
      this.visits.relation(doctorId, patientId),
      this.practitioners.mayPractise(doctorId),
      this.emergencies.current(doctorId, patientId, now),
    ]);
    return { doctorId, inCare: isOpen(relation, now), mayPractise, ...(emergency && { emergencyId: emergency.id }) };
  }
}
