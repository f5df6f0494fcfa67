import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions, WorkList } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import type { AvailabilitySummary } from '../../domain/availability-summary.js';
import { type SummaryTurn, SummaryWork } from '../../domain/summary-work.js';
import { FactLog } from '../fact-log.js';
import { MongoDoctors } from './mongo-doctors.js';
import { DoctorRecord } from './schemas.js';

@Injectable()
export class MongoSummaryWork extends SummaryWork {
  private readonly touched = new Set<string>();
  private tell: () => void = () => undefined;
  private readonly list = new WorkList<DoctorRecord>(() => this.doctors.collection as never, {
    fields: { dueAt: 'summaryWork.dueAt', claim: 'summaryWork.claim', attempts: 'summaryWork.attempts' },
  });

  constructor(
    @InjectModel(DoctorRecord.name) private readonly doctors: Model<DoctorRecord>,
    private readonly known: MongoDoctors,
    private readonly facts: FactLog,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  touch(doctorId: string): void {
    this.transactions.afterCommit(() => {
      this.touched.add(doctorId);
      this.tell();
    });
  }

  whenTouched(listener: () => void): void {
    this.tell = listener;
  }

  async noteTouched(dueAt: Date): Promise<boolean> {
    const ids = [...this.touched];
    this.touched.clear();
    try {
      await this.list.demand(ids, dueAt);
    } catch (error) {
      for (const id of ids) this.touched.add(id);
      throw error;
    }
    return ids.length > 0;
  }

  async adopt(now: Date): Promise<void> {
    const waitsForNothing = { published: true, 'summaryWork.dueAt': null };
    const rows = await this.doctors.find(waitsForNothing, { _id: 1 }).lean();
    await this.list.demand(
      rows.map(({ _id }) => _id),
      now,
    );
  }

  async claim(now: Date, until: Date, limit: number) {
    const { claim, rows, next } = await this.list.claim(now, until, limit);
    const turns = rows.map((record): SummaryTurn => {
      const { summary, summaryWork } = record;
      const doctor = this.known.restore(record);
      const turn = { doctor, claim, attempts: summaryWork?.attempts ?? 1 };
      if (!summary) return turn;
      const { at: _, sequence, ...told } = summary;
      return { ...turn, told: { summary: told, sequence } };
    });
    return { turns, next };
  }

  async keep(turn: SummaryTurn, summary: AvailabilitySummary, now: Date, dueAt: Date): Promise<void> {
    const { doctor, claim, told } = turn;
    const isNews = !told || !isDeepStrictEqual(told.summary, summary);
    const sequence = (told?.sequence ?? 0) + (isNews ? 1 : 0);
    const write = (): Promise<boolean> =>
      this.list.repeat(claim, doctor.id, dueAt, {
        set: { summary: { ...summary, at: now, sequence } },
        session: this.transactions.session,
      });
    if (!isNews) return void (await write());
    // Who has the turn is the only one who tells: the sequence is the one after what was read with the claim.
    await this.transactions.run(async () => {
      if (await write()) await this.facts.summarised(doctor.id, summary, sequence);
    });
  }

  postpone({ claim, doctor }: SummaryTurn, until: Date): Promise<void> {
    return this.list.postpone(claim, [doctor.id], until);
  }

  drop({ claim, doctor }: SummaryTurn): Promise<void> {
    return this.list.finish(claim, [doctor.id]);
  }
}
