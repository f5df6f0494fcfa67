import { Injectable } from '@nestjs/common';
import { emergencyAccessOpenedV1, recordEntryAddedV1 } from '@medflow/contracts';
import { Outbox, type OutgoingEvent } from '@medflow/messaging';
import type { EmergencyAccess } from '../../domain/emergency.js';
import type { EntryState } from '../../domain/entry.js';
import { FactLog } from '../fact-log.js';

type WrittenEntry = Pick<EntryState, 'id' | 'patientId' | 'author' | 'version' | 'recordedAt'>;

/** Whose record, by whom: nothing of what is in it. */
export const entryEventOf = ({ id, patientId, author, version, recordedAt }: WrittenEntry): OutgoingEvent => ({
  contract: recordEntryAddedV1,
  subject: id,
  sequence: version,
  data: { patientId, entryId: id, authorId: author.id, authorRole: author.role },
  time: recordedAt,
});

export const emergencyEventOf = ({
  id,
  patientId,
  doctorId,
  openedAt,
  until,
}: Omit<EmergencyAccess, 'reason'>): OutgoingEvent => ({
  contract: emergencyAccessOpenedV1,
  subject: id,
  sequence: 1,
  data: { accessId: id, patientId, doctorId, until: until.toISOString() },
  time: openedAt,
});

@Injectable()
export class Publications extends FactLog {
  constructor(private readonly outbox: Outbox) {
    super();
  }

  async entryWritten(entry: WrittenEntry): Promise<void> {
    await this.outbox.append([entryEventOf(entry)]);
  }

  async emergencyOpened(access: Omit<EmergencyAccess, 'reason'>): Promise<void> {
    await this.outbox.append([emergencyEventOf(access)]);
  }
}
