import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { type Session, Sessions } from '../../domain/ports.js';
import { SessionRecord } from './schemas.js';

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

@Injectable()
export class MongoSessions extends Sessions {
  constructor(@InjectModel(SessionRecord.name) private readonly sessions: Model<SessionRecord>) {
    super();
  }

  async open({ id, ...session }: Session, secret: string): Promise<void> {
    await this.sessions.collection.insertOne({ _id: id, ...session, secret: hashOf(secret) } as never);
  }

  async rotate(id: string, presented: string, next: string, expiresAt: Date, now: Date): Promise<Session | undefined> {
    const record = await this.sessions
      .findOneAndUpdate(
        { _id: id, secret: hashOf(presented), expiresAt: { $gt: now } },
        { $set: { secret: hashOf(next), expiresAt } },
        { returnDocument: 'after' },
      )
      .lean<SessionRecord>();
    if (!record) {
      await this.sessions.deleteOne({ _id: id });
      return undefined;
    }
    return { id, accountId: record.accountId, createdAt: record.createdAt, expiresAt: record.expiresAt };
  }

  async close(id: string, presented: string): Promise<void> {
    await this.sessions.deleteOne({ _id: id, secret: hashOf(presented) });
  }
}
