import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import type { EventEnvelope } from '../envelope.js';

const DAY_MS = 86_400_000;
/** A fact that was lost is found within a night or two; later, nobody wants to be written to about it. */
const NEWS_FOR_MS = 2 * DAY_MS;

/** Since when this service's database knows of anything. */
@Injectable()
export class Beginning implements OnApplicationBootstrap {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.rows.updateOne({ _id: 'beginning' }, { $setOnInsert: { at: new Date() } }, { upsert: true });
  }

  /** Told again, and either of before this database began, about which others were told, or too old to be news. */
  async isPast({ replayed, time }: Pick<EventEnvelope, 'replayed' | 'time'>, now = new Date()): Promise<boolean> {
    if (!replayed) return false;
    const at = Date.parse(time);
    return at < (await this.began(now)).getTime() || at < now.getTime() - NEWS_FOR_MS;
  }

  private get rows() {
    return this.connection.db!.collection<{ _id: string; at: Date }>('beginning');
  }

  private async began(now: Date): Promise<Date> {
    return (await this.rows.findOne({ _id: 'beginning' }))?.at ?? now;
  }
}
