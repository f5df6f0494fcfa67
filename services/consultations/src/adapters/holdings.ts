import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Holding, holding, Holdings } from '@medflow/messaging';
import type { Model } from 'mongoose';
import { readEventOf, sentEventOf } from './bus/conversation-publications.js';
import { ConversationRecord } from './mongo/conversation-schemas.js';

/** What this service tells again: the last message of each conversation, and how far its two have read. */
@Injectable()
export class ConsultationsHoldings extends Holdings {
  readonly all: readonly Holding[];

  constructor(@InjectModel(ConversationRecord.name) conversations: Model<ConversationRecord>) {
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
    ];
  }
}
