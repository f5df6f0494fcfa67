import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Holding, holding, Holdings } from '@medflow/messaging';
import type { Model } from 'mongoose';
import { readEventOf, sentEventOf } from './bus/conversation-publications.js';
import { finishedEventOf } from './bus/visit-publications.js';
import { ConversationRecord } from './mongo/conversation-schemas.js';
import { VisitRecord } from './mongo/visit-schemas.js';

/** What this service tells again: the last message of each conversation, how far its two have read, and which visits are over. */
@Injectable()
export class ConsultationsHoldings extends Holdings {
  readonly all: readonly Holding[];

  constructor(
    @InjectModel(ConversationRecord.name) conversations: Model<ConversationRecord>,
    @InjectModel(VisitRecord.name) visits: Model<VisitRecord>,
  ) {
    super();
    this.all = [
      holding<ConversationRecord>(
        'conversations',
        conversations,
        (record) => {
          const parties = { ...record, id: record._id };
          return [
            ...(record.lastSent ? [sentEventOf(parties, record.lastSent, record.last)] : []),
            ...(['doctor', 'patient'] as const).flatMap((side) => {
              const { read, readAt, readings } = record[side];
              return readAt ? [readEventOf(parties, side, read, readAt, readings)] : [];
            }),
          ];
        },
        () => ({}),
        { last: { $gt: 0 } },
      ),
      holding<VisitRecord>(
        'visits',
        visits,
        ({ _id: appointmentId, finishedAt, ...visit }) => [finishedEventOf({ appointmentId, ...visit }, finishedAt!)],
        (since) => ({ finishedAt: { $gte: since } }),
        { finishedAt: { $type: 'date' } },
      ),
    ];
  }
}
