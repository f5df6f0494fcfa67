import { InProcessBus } from '@medflow/messaging';
import { createApplication } from '@medflow/service-kit';
import { testConfig, testDatabase } from '@medflow/testing';
import { scheduling } from '../src/index.js';

export type Replica = Awaited<ReturnType<typeof createApplication>>;

/** Processes of the service, so to speak, on one database. */
export class Replicas {
  readonly all: Replica[] = [];

  private constructor(
    readonly database: Awaited<ReturnType<typeof testDatabase>>,
    private readonly bus: InProcessBus,
  ) {}

  /** @param prepare is given each before it begins to do anything by itself */
  static async start(name: string, count: number, prepare: (replica: Replica) => void = () => undefined) {
    const database = await testDatabase(name);
    const replicas = new Replicas(database, new InProcessBus(database.client.db()));
    for (let n = 0; n < count; n += 1) {
      const config = testConfig({ mongoUri: database.uri, bus: { kind: 'in-process', bus: replicas.bus } });
      const replica = await createApplication(scheduling.options, config);
      replicas.all.push(replica);
      prepare(replica);
      await replica.init();
    }
    return replicas;
  }

  collection(name: string) {
    return this.database.client.db().collection<{ _id: string }>(name);
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map((replica) => replica.close()));
    this.bus.close();
    await this.database.drop();
  }
}
