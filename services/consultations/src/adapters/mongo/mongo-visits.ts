import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey, MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import { Visit, type VisitState } from '../../domain/visit.js';
import { VisitChanged } from '../../domain/visit-errors.js';
import { Visits } from '../../domain/visits.js';
import { VisitFacts } from '../visit-facts.js';
import { VisitRecord } from './visit-schemas.js';

/** Hours that a visit may have been waiting: what is older is over. */
const WAITING_HOURS = 24;
const MINUTE_MS = 60_000;

@Injectable()
export class MongoVisits extends Visits {
  constructor(
    @InjectModel(VisitRecord.name) private readonly visits: Model<VisitRecord>,
    private readonly facts: VisitFacts,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async find(appointmentId: string): Promise<Visit | undefined> {
    const record = await this.visits.findById(appointmentId).lean<VisitRecord>();
    return record ? Visit.restore(toState(record)) : undefined;
  }

  async save(visit: Visit): Promise<void> {
    const { appointmentId, ...state } = visit.state;
    const found = foundBy(visit.state);
    const filter = { _id: appointmentId as never };
    await this.transactions.run(async () => {
      const { session } = this.transactions;
      if (visit.savedVersion === 0) await this.insert({ _id: appointmentId, ...state, ...found } as VisitRecord);
      else {
        const gone = Object.fromEntries(
          (['waitingSince', 'secretHash'] as const)
            .filter((name) => found[name] === undefined)
            .map((name) => [name, '']),
        );
        const { matchedCount } = await this.visits.collection.updateOne(
          { ...filter, version: visit.savedVersion },
          { $set: { ...state, ...found }, ...(Object.keys(gone).length > 0 && { $unset: gone }) } as never,
          { session },
        );
        if (matchedCount === 0) throw new VisitChanged(appointmentId);
      }
      if (visit.facts.length > 0) await this.facts.append(visit.facts);
    });
  }

  async waiting(doctorId: string, now: Date): Promise<VisitState[]> {
    const since = new Date(now.getTime() - WAITING_HOURS * 60 * MINUTE_MS);
    const records = await this.visits
      .find({ doctorId, waitingSince: { $gte: since } })
      .sort({ waitingSince: 1 })
      .limit(100)
      .lean<VisitRecord[]>();
    return records.map(toState);
  }

  async delays(doctorId: string, count: number): Promise<number[]> {
    const records = await this.visits
      .find({ doctorId, admittedAt: { $gt: new Date(0) } }, { admittedAt: 1, startsAt: 1 })
      .sort({ admittedAt: -1 })
      .limit(count)
      .lean<Pick<VisitRecord, 'admittedAt' | 'startsAt'>[]>();
    return records.map(({ admittedAt, startsAt }) => (admittedAt!.getTime() - startsAt.getTime()) / MINUTE_MS);
  }

  async ofSecret(secretHash: string): Promise<Visit | undefined> {
    const record = await this.visits.findOne({ secretHash }).lean<VisitRecord>();
    return record ? Visit.restore(toState(record)) : undefined;
  }

  private async insert(record: VisitRecord): Promise<void> {
    try {
      await this.visits.collection.insertOne(record as never, { session: this.transactions.session });
    } catch (error) {
      if (isDuplicateKey(error)) throw new VisitChanged(record._id);
      throw error;
    }
  }
}

const toState = ({ _id, waitingSince: _, secretHash: __, ...state }: VisitRecord): VisitState => ({
  appointmentId: _id,
  ...state,
});

function foundBy({
  participants,
  patientId,
  finishedAt,
}: VisitState): Pick<VisitRecord, 'waitingSince' | 'secretHash'> {
  const patient = participants.find(({ id }) => id === patientId);
  const secretHash = participants.find((one) => one.secretHash)?.secretHash;
  const waits = patient?.present && !patient.admitted && !finishedAt;
  return { ...(waits && { waitingSince: patient.since }), ...(secretHash && { secretHash }) };
}
