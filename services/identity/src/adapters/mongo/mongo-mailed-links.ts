import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import {
  LetterFacts,
  LINK_SECONDS,
  type LinkPurpose,
  type LinkToken,
  type MailedLink,
  MailedLinks,
  UNWRITTEN_SECONDS,
} from '../../domain/mailed-link.js';
import { MailedLinkRecord } from './schemas.js';

const KEPT_SECRETS = 5;

/** 256 random bits need no slow hash: there is nothing to guess. */
const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** One place for each account and purpose: who comes later takes it. */
const placeOf = (purpose: LinkPurpose, accountId: string): string => `${purpose}:${accountId}`;

const later = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1000);

const toLink = ({ letterId, accountId, purpose, email }: MailedLinkRecord): MailedLink => ({
  letterId,
  accountId,
  purpose,
  email,
});

@Injectable()
export class MongoMailedLinks extends MailedLinks {
  constructor(
    @InjectModel(MailedLinkRecord.name) private readonly links: Model<MailedLinkRecord>,
    private readonly letters: LetterFacts,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async replace(link: MailedLink, now: Date): Promise<void> {
    const row = { ...link, secrets: [], expiresAt: later(now, UNWRITTEN_SECONDS) };
    await this.transactions.run(async () => {
      const { session } = this.transactions;
      const place = { _id: placeOf(link.purpose, link.accountId) as never };
      await this.links.collection.replaceOne(place, row as never, { upsert: true, session });
      const { letterId, accountId, purpose } = link;
      await this.letters.wanted({ letterId, accountId, purpose }, now);
    });
  }

  async addSecret(
    { letterId, accountId, purpose }: Omit<MailedLink, 'email'>,
    secret: string,
    now: Date,
  ): Promise<string | undefined> {
    const record = await this.links
      .findOneAndUpdate(
        { _id: placeOf(purpose, accountId), letterId, expiresAt: { $gt: now } },
        {
          $push: { secrets: { $each: [digestOf(secret)], $slice: -KEPT_SECRETS } },
          $set: { expiresAt: later(now, LINK_SECONDS[purpose]) },
        },
      )
      .lean<MailedLinkRecord>();
    return record?.email;
  }

  async find(purpose: LinkPurpose, token: LinkToken, now: Date): Promise<MailedLink | undefined> {
    const record = await this.links.findOne(this.good(purpose, token, now)).lean<MailedLinkRecord>();
    return record ? toLink(record) : undefined;
  }

  async use(purpose: LinkPurpose, token: LinkToken, now: Date): Promise<MailedLink | undefined> {
    const record = await this.links
      .findOneAndDelete(this.good(purpose, token, now), this.ambient)
      .lean<MailedLinkRecord>();
    return record ? toLink(record) : undefined;
  }

  async revoke(purpose: LinkPurpose, accountId: string): Promise<void> {
    await this.links.deleteOne({ _id: placeOf(purpose, accountId) }, this.ambient);
  }

  private good(purpose: LinkPurpose, { accountId, secret }: LinkToken, now: Date) {
    return { _id: placeOf(purpose, accountId), secrets: digestOf(secret), expiresAt: { $gt: now } };
  }

  private get ambient() {
    const { session } = this.transactions;
    return session ? { session } : {};
  }
}
