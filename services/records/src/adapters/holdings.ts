import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Holding, holding, Holdings } from '@medflow/messaging';
import type { Model } from 'mongoose';
import { emergencyEventOf, entryEventOf } from './bus/publications.js';
import { EmergencyRecord, EntryRecord } from './mongo/schemas.js';

/** What this service tells again: that something was written, and that a record was opened in an emergency. */
@Injectable()
export class RecordsHoldings extends Holdings {
  readonly all: readonly Holding[];

  constructor(
    @InjectModel(EntryRecord.name) entries: Model<EntryRecord>,
    @InjectModel(EmergencyRecord.name) emergencies: Model<EmergencyRecord>,
  ) {
    super();
    this.all = [
      holding<EntryRecord>(
        'entries',
        entries,
        ({ _id: id, ...entry }) => [entryEventOf({ id, ...entry })],
        (since) => ({ recordedAt: { $gte: since } }),
      ),
      holding<EmergencyRecord>(
        'emergency-accesses',
        emergencies,
        ({ _id: id, ...access }) => [emergencyEventOf({ id, ...access } as never)],
        (since) => ({ openedAt: { $gte: since } }),
      ),
    ];
  }
}
