import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import { Customers, type Operation, Operations, WebhookEvents } from '../../domain/charges.js';
import { CustomerRecord, OperationRecord, WebhookEventRecord } from './schemas.js';

const FLUSH_MS = 250;

@Injectable()
export class MongoCustomers extends Customers {
  constructor(@InjectModel(CustomerRecord.name) private readonly customers: Model<CustomerRecord>) {
    super();
  }

  async find(patientId: string): Promise<string | undefined> {
    return (await this.customers.findById(patientId).lean<CustomerRecord>())?.customerId;
  }

  async keep(patientId: string, customerId: string): Promise<string> {
    try {
      await this.customers.collection.insertOne({ _id: patientId, customerId } as never);
      return customerId;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return (await this.find(patientId))!;
    }
  }
}

@Injectable()
export class MongoOperations extends Operations implements OnModuleDestroy {
  private readonly logger = new Logger(MongoOperations.name);
  private ended: { name: string; outcome: string; at: Date }[] = [];
  private flushing: Promise<void> | undefined;

  constructor(@InjectModel(OperationRecord.name) private readonly operations: Model<OperationRecord>) {
    super();
  }

  async begin({ kind, name, chargeId }: Operation, at: Date): Promise<{ spent: number; begunAt: Date }> {
    const operation = { _id: name, kind, begunAt: at, times: 1, ...(chargeId !== undefined && { chargeId }) };
    try {
      await this.operations.collection.insertOne(operation as never);
      return { spent: 0, begunAt: at };
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    // Not an upsert: of two that insert at once, some engines keep the later.
    const record = await this.operations.collection.findOneAndUpdate(
      { _id: name as never },
      { $inc: { times: 1 } },
      { returnDocument: 'after', projection: { spent: 1, begunAt: 1 } },
    );
    const { spent = 0, begunAt = at } = (record ?? {}) as Partial<OperationRecord>;
    return { spent, begunAt };
  }

  async spend(name: string, keys: number): Promise<void> {
    await this.operations.collection.updateOne({ _id: name as never }, { $max: { spent: keys } });
  }

  /** Outcomes are for whoever looks back, and the provider knows them as well: written together, a moment later. */
  end(name: string, outcome: string, at: Date): void {
    this.ended.push({ name, outcome, at });
    this.flushing ??= sleep(FLUSH_MS).then(() => this.flush());
  }

  async onModuleDestroy(): Promise<void> {
    await this.flushing;
  }

  private async flush(): Promise<void> {
    this.flushing = undefined;
    const ended = this.ended;
    this.ended = [];
    try {
      await this.operations.collection.bulkWrite(
        ended.map(({ name, outcome, at }) => ({
          updateOne: { filter: { _id: name as never }, update: { $set: { outcome, endedAt: at } } },
        })),
        { ordered: false },
      );
    } catch (error) {
      this.logger.warn(`outcomes of ${ended.length} operations are not kept: ${(error as Error).message}`);
    }
  }
}

@Injectable()
export class MongoWebhookEvents extends WebhookEvents {
  constructor(@InjectModel(WebhookEventRecord.name) private readonly events: Model<WebhookEventRecord>) {
    super();
  }

  async add(id: string, type: string, at: Date): Promise<boolean> {
    try {
      await this.events.collection.insertOne({ _id: id, type, at } as never);
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return false;
    }
  }
}
