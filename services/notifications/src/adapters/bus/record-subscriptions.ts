import { Controller } from '@nestjs/common';
import {
  type EmergencyAccessOpenedV1,
  emergencyAccessOpenedV1,
  type RecordEntryAddedV1,
  recordEntryAddedV1,
} from '@medflow/contracts';
import { type EventEnvelope, Subscribe } from '@medflow/messaging';
import { NotifyRecordsHandler } from '../../application/notify-records.js';
import { ToldAgain } from './told-again.js';

const records = { queue: 'notifications.records', dedupe: 'inbox' } as const;

@Controller()
export class RecordSubscriptions {
  constructor(
    private readonly notify: NotifyRecordsHandler,
    private readonly again: ToldAgain,
  ) {}

  /** What patients write themselves is no news to them. */
  @Subscribe(recordEntryAddedV1, records)
  async entryAdded(data: RecordEntryAddedV1, event: EventEnvelope<RecordEntryAddedV1>) {
    if (data.authorRole !== 'doctor' || (await this.again.of(event)) === 'past') return;
    const { patientId, authorId: doctorId } = data;
    await this.notify.entryAdded({ eventId: event.id, patientId, doctorId, at: new Date(event.time) });
  }

  @Subscribe(emergencyAccessOpenedV1, records)
  async emergencyOpened(data: EmergencyAccessOpenedV1, event: EventEnvelope<EmergencyAccessOpenedV1>) {
    if ((await this.again.of(event)) === 'past') return;
    const { patientId, doctorId, accessId: eventId } = data;
    await this.notify.emergencyOpened({ eventId, patientId, doctorId, at: new Date(event.time) });
  }
}
