import type { EmergencyAccess } from '../domain/emergency.js';
import type { EntryState } from '../domain/entry.js';

/** Where repositories leave what happened, inside their transaction; the bus adapter turns it into events. */
export abstract class FactLog {
  abstract entryWritten(
    entry: Pick<EntryState, 'id' | 'patientId' | 'author' | 'version' | 'recordedAt'>,
  ): Promise<void>;
  abstract emergencyOpened(access: Omit<EmergencyAccess, 'reason'>): Promise<void>;
}
