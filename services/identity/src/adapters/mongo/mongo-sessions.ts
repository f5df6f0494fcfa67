import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions } from '@medflow/service-kit';
import type { Model, QueryFilter } from 'mongoose';
import { type EndedSession, endedSession, SessionFacts } from '../../domain/ended-session.js';
import { type Session, Sessions } from '../../domain/session.js';
import { EndedSessionRecord, SessionRecord } from './schemas.js';

const toSession = ({ _id, secret, previous, ...session }: SessionRecord): Session => ({
  id: _id,
  ...session,
  secrets: { newest: secret, ...(previous && { previous }) },
});

@Injectable()
export class MongoSessions extends Sessions {
  constructor(
    @InjectModel(SessionRecord.name) private readonly sessions: Model<SessionRecord>,
    @InjectModel(EndedSessionRecord.name) private readonly endings: Model<EndedSessionRecord>,
    private readonly facts: SessionFacts,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async open({ id, secrets, ...session }: Session): Promise<void> {
    await this.sessions.collection.insertOne({ _id: id, ...session, secret: secrets.newest } as never);
  }

  async byId(id: string, now: Date): Promise<Session | undefined> {
    const record = await this.sessions.findOne({ _id: id, expiresAt: { $gt: now } }).lean<SessionRecord>();
    return record ? toSession(record) : undefined;
  }

  async refresh({ id, secrets }: Session, after: Session): Promise<boolean> {
    const { lastUsedAt, expiresAt } = after;
    const { newest: secret, previous } = after.secrets;
    const unchanged = {
      _id: id,
      secret: secrets.newest,
      'previous.repeated': secrets.previous ? secrets.previous.repeated : { $exists: false },
    };
    const { matchedCount } = await this.sessions.collection.updateOne(unchanged as never, {
      $set: { secret, previous, lastUsedAt, expiresAt },
    });
    return matchedCount === 1;
  }

  async ofAccount(accountId: string, now: Date): Promise<Session[]> {
    const living = { accountId, expiresAt: { $gt: now } };
    return (await this.sessions.find(living).sort({ lastUsedAt: -1, _id: -1 }).lean<SessionRecord[]>()).map(toSession);
  }

  async close(id: string, now: Date): Promise<void> {
    await this.end({ _id: id }, now);
  }

  async closeOf(accountId: string, id: string, now: Date): Promise<boolean> {
    return (await this.end({ _id: id, accountId }, now)) === 1;
  }

  async closeOthers(accountId: string, keptId: string, now: Date): Promise<void> {
    await this.end({ accountId, _id: { $ne: keptId } }, now);
  }

  async closeAll(accountId: string, now: Date): Promise<void> {
    await this.end({ accountId }, now);
  }

  async ended(since: Date, now: Date): Promise<EndedSession[]> {
    const records = await this.endings
      .find({ endedAt: { $gte: since }, until: { $gt: now } })
      .lean<EndedSessionRecord[]>();
    return records.map(({ _id, ...record }) => ({ id: _id, ...record }));
  }

  /** All or nothing: a session that is gone without having been told of would leave its access tokens valid. */
  private end(which: QueryFilter<SessionRecord>, now: Date): Promise<number> {
    return this.transactions.run(async () => {
      const session = this.transactions.session!;
      const records = await this.sessions.find(which, { accountId: 1 }, { session }).lean<SessionRecord[]>();
      if (records.length === 0) return 0;
      const ending = records.map(({ _id, accountId }) => endedSession({ id: _id, accountId }, now));
      const { deletedCount } = await this.sessions.deleteMany(
        { _id: { $in: ending.map(({ id }) => id) } },
        { session },
      );
      // Somebody else ends one of them at this moment.
      if (deletedCount !== ending.length) this.transactions.beginAgain();
      const rows = ending.map(({ id, ...rest }) => ({ _id: id, ...rest }));
      await this.endings.collection.insertMany(rows as never[], { session });
      await this.facts.ended(ending);
      return ending.length;
    });
  }
}
