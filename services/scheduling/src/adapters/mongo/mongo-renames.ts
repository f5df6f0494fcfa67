import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions, WorkList } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import type { Side } from '../../domain/appointment-state.js';
import { type Rename, Renames } from '../../domain/renames.js';
import type { NamedPerson } from '../../domain/values.js';
import { PatientChanges } from '../patient-changes.js';
import { AppointmentRecord, RenameRecord } from './schemas.js';

const idOf = (side: Side, accountId: string) => `${side}|${accountId}`;

@Injectable()
export class MongoRenames extends Renames {
  private readonly list = new WorkList<RenameRecord>(() => this.renames.collection as never);
  private tell: () => void = () => undefined;

  constructor(
    @InjectModel(RenameRecord.name) private readonly renames: Model<RenameRecord>,
    @InjectModel(AppointmentRecord.name) private readonly appointments: Model<AppointmentRecord>,
    private readonly transactions: MongoTransactions,
    private readonly patientChanges: PatientChanges,
  ) {
    super();
  }

  async want(side: Side, person: NamedPerson, now: Date): Promise<void> {
    // Without a claim: whoever applies an earlier name does not end this one.
    await this.renames.collection.replaceOne(
      { _id: idOf(side, person.id) as never },
      { side, person, since: now, dueAt: now } as never,
      { upsert: true, session: this.transactions.session },
    );
    this.transactions.afterCommit(() => this.tell());
  }

  whenWanted(listener: () => void): void {
    this.tell = listener;
  }

  async hasAppointments(side: Side, accountId: string): Promise<boolean> {
    const { session } = this.transactions;
    const any = await this.appointments.collection.findOne(
      { [`${side}.id`]: accountId },
      { projection: { _id: 1 }, session },
    );
    return any !== null;
  }

  async claim(now: Date, until: Date, limit: number) {
    const { claim, rows, next } = await this.list.claim(now, until, limit);
    return { renames: rows.map(({ side, person, since }): Rename => ({ side, person, since, claim })), next };
  }

  async apply({ side, person }: Rename, limit: number, from?: Date): Promise<Date | undefined> {
    const older = { [`${side}.sequence`]: { $not: { $gte: person.sequence } } };
    // A stage each: SecantusDB uses its index for the first alone.
    const found = await this.appointments.collection
      .aggregate<Pick<AppointmentRecord, '_id' | 'startsAt' | 'doctor'>>([
        { $match: { [`${side}.id`]: person.id, ...(from && { startsAt: { $lte: from } }) } },
        { $match: older },
        { $sort: { startsAt: -1 } },
        { $limit: limit },
        { $project: { startsAt: 1, 'doctor.id': 1 } },
      ])
      .toArray();
    const ids = found.map(({ _id }) => _id as never);
    // In a transaction of its own: whoever is saving one of them has it done once more. Alone, SecantusDB would not let go of
    // the others until that transaction ends, which may be waiting for them.
    if (ids.length > 0)
      await this.transactions.run(async () => {
        const { session } = this.transactions;
        await this.appointments.collection.updateMany(
          { _id: { $in: ids }, ...older },
          { $set: { [side]: person, ...(side === 'patient' && { unsummedSince: new Date() }) } },
          { session },
        );
      });
    if (side === 'patient')
      for (const doctorId of new Set(found.map(({ doctor }) => doctor.id)))
        this.patientChanges.announce({ doctorId, patientId: person.id });
    return found.length === limit ? found.at(-1)!.startsAt : undefined;
  }

  async end({ side, person, claim }: Rename, again: Date | undefined): Promise<void> {
    const _id = idOf(side, person.id);
    if (again) await this.list.postpone(claim, [_id], again);
    else await this.renames.collection.deleteOne({ _id: _id as never, claim });
  }
}
