import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { type RefreshToken, type Session, sessionEnd, Sessions } from '../../domain/session.js';
import { SessionRecord } from './schemas.js';

/** 256 random bits need no slow hash: there is nothing to guess. */
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

const toSession = ({ _id, accountId, device, createdAt, lastUsedAt, expiresAt }: SessionRecord): Session => ({
  id: _id,
  accountId,
  device,
  createdAt,
  lastUsedAt,
  expiresAt,
});

@Injectable()
export class MongoSessions extends Sessions {
  constructor(@InjectModel(SessionRecord.name) private readonly sessions: Model<SessionRecord>) {
    super();
  }

  async open({ id, ...session }: Session, secret: string): Promise<void> {
    await this.sessions.collection.insertOne({ _id: id, ...session, secret: hashOf(secret) } as never);
  }

  async rotate({ id, secret }: RefreshToken, next: string, now: Date): Promise<Session | undefined> {
    const record = await this.sessions
      .findOneAndUpdate(
        { _id: id, secret: hashOf(secret), expiresAt: { $gt: now } },
        { $set: { secret: hashOf(next), lastUsedAt: now, expiresAt: sessionEnd(now) } },
        { returnDocument: 'after' },
      )
      .lean<SessionRecord>();
    if (record) return toSession(record);
    await this.close(id);
    return undefined;
  }

  async accountOf({ id, secret }: RefreshToken, now: Date): Promise<string | undefined> {
    const held = { _id: id, secret: hashOf(secret), expiresAt: { $gt: now } };
    return (await this.sessions.findOne(held).lean<SessionRecord>())?.accountId;
  }

  async close(id: string): Promise<void> {
    await this.sessions.deleteOne({ _id: id });
  }

  async ofAccount(accountId: string, now: Date): Promise<Session[]> {
    const living = { accountId, expiresAt: { $gt: now } };
    return (await this.sessions.find(living).sort({ lastUsedAt: -1, _id: -1 }).lean<SessionRecord[]>()).map(toSession);
  }

  async closeOf(accountId: string, id: string): Promise<boolean> {
    return (await this.sessions.deleteOne({ _id: id, accountId })).deletedCount === 1;
  }

  async closeOthers(accountId: string, keptId: string): Promise<void> {
    await this.sessions.deleteMany({ accountId, _id: { $ne: keptId } });
  }
}
