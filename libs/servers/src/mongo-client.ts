import { MongoClient, MongoServerError } from 'mongodb';
import type { Health } from './supervisor.js';

const AUTHENTICATION_FAILED = 18;
const PROBE_MS = 5_000;

/** Runs the work with a connection of its own. */
export async function withClient<T>(
  uri: string,
  timeoutMs: number,
  work: (client: MongoClient) => Promise<T>,
): Promise<T> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: timeoutMs, connectTimeoutMS: timeoutMs });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.close();
  }
}

/** @returns false when the server is there and does not know the user or the password @throws Error when it is not there */
export function admits(uri: string, timeoutMs: number): Promise<boolean> {
  const ping = (client: MongoClient) => client.db('admin').command({ ping: 1 });
  return withClient(uri, timeoutMs, ping).then(
    () => true,
    (error: unknown) => {
      if (error instanceof MongoServerError && error.code === AUTHENTICATION_FAILED) return false;
      throw error;
    },
  );
}

/** Asks a server now and then for what touches its storage: one whose disk was full goes on answering pings. */
export class DatabaseProbe {
  private readonly client: MongoClient;

  constructor(uri: string) {
    // Its own question is the heartbeat.
    this.client = new MongoClient(uri, {
      serverSelectionTimeoutMS: PROBE_MS,
      connectTimeoutMS: PROBE_MS,
      heartbeatFrequencyMS: 60_000,
      serverMonitoringMode: 'poll',
      maxPoolSize: 1,
    });
    // Without a public option (see checkPoolsSeldom of the service kit): the driver looks at its pool every 100 ms.
    Object.assign(this.client.options, { minPoolSizeCheckFrequencyMS: 60_000 });
  }

  readonly ask = async (): Promise<Health> => {
    const answer = this.client.db('admin').command({ find: 'health', limit: 1, singleBatch: true });
    const late = new Promise<Health>((resolve) => setTimeout(resolve, PROBE_MS, 'silent').unref());
    return Promise.race([
      late,
      answer.then(
        (): Health => 'well',
        (error: unknown): Health => (error instanceof MongoServerError ? 'failing' : 'silent'),
      ),
    ]);
  };

  close(): Promise<void> {
    return this.client.close();
  }
}
