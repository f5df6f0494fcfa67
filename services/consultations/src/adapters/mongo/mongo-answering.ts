import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { type Answering, anyTime } from '../../domain/answering.js';
import { AnsweringSettings } from '../../domain/conversations.js';
import { AnsweringRecord } from './conversation-schemas.js';
import { ConversationSeals } from './conversation-seals.js';

const placeOf = (doctorId: string) => `answering|${doctorId}|autoReply`;

@Injectable()
export class MongoAnsweringSettings extends AnsweringSettings {
  constructor(
    @InjectModel(AnsweringRecord.name) private readonly records: Model<AnsweringRecord>,
    private readonly seals: ConversationSeals,
  ) {
    super();
  }

  async of(doctorId: string): Promise<Answering> {
    const record = await this.records.findById(doctorId).lean<AnsweringRecord>();
    if (!record) return anyTime;
    const { autoReply, hours } = record;
    return {
      autoReply: autoReply && (await this.seals.openOwn<string>(doctorId, placeOf(doctorId), autoReply)),
      hours,
    };
  }

  async keep(doctorId: string, { autoReply, hours }: Answering): Promise<void> {
    const sealed = autoReply === null ? null : await this.seals.sealOwn(doctorId, placeOf(doctorId), autoReply);
    const record = { autoReply: sealed, hours: [...hours] };
    await this.records.collection.updateOne({ _id: doctorId as never }, { $set: record as never }, { upsert: true });
  }
}
