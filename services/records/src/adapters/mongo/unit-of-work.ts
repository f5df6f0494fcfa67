import { Injectable } from '@nestjs/common';
import { MongoTransactions } from '@medflow/service-kit';
import { KeyedQueue } from '@medflow/service-kit/keyed-queue';
import { UnitOfWork } from '../../domain/unit-of-work.js';
import { RecordHeads } from './record-heads.js';

/** Of one patient one at a time: in one process nobody runs into anybody else. */
@Injectable()
export class MongoUnitOfWork extends UnitOfWork {
  private readonly queue = new KeyedQueue();

  constructor(
    private readonly transactions: MongoTransactions,
    private readonly heads: RecordHeads,
  ) {
    super();
  }

  async run<T>(patientId: string, work: () => Promise<T>): Promise<T> {
    if (this.transactions.session) return work();
    await this.heads.prepare(patientId);
    return this.queue.run(patientId, () => this.transactions.run(work));
  }
}
