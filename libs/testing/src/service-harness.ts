import { randomBytes } from 'node:crypto';
import type { RunningService, ServiceConfig, ServiceDefinition } from '@medflow/service-kit';
import { MongoClient } from 'mongodb';
import { FakeIdentity, type Identified } from './fake-identity.js';

export interface Answer {
  status: number;
  headers: Headers;
  // Suites look into whatever a service answers.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

/** A database of its own on the server that the run provides; dropped by `drop`. */
export async function testDatabase(name: string): Promise<{ uri: string; client: MongoClient; drop(): Promise<void> }> {
  const base = process.env.MONGODB_URI;
  if (!base) throw new Error('MONGODB_URI is not set: run through npm run test:integration');
  const database = `test_${name}_${randomBytes(4).toString('hex')}`;
  const uri = base.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/, `$1/${database}$2`);
  const client = await MongoClient.connect(uri);
  return {
    uri,
    client,
    drop: async () => {
      await client.db().dropDatabase();
      await client.close();
    },
  };
}

/** A service under test, on a free port of this machine. */
export const testConfig = (given: Pick<ServiceConfig, 'mongoUri'> & Partial<ServiceConfig>): ServiceConfig => ({
  env: { LOG_LEVEL: 'silent' },
  bus: undefined,
  port: 0,
  host: '127.0.0.1',
  internalToken: 'test-internal-token',
  upstreams: {},
  ...given,
});

/** A service under test: real HTTP, real database, tokens signed by a fake identity. */
export class ServiceHarness {
  private constructor(
    readonly identity: FakeIdentity,
    readonly database: Awaited<ReturnType<typeof testDatabase>>,
    private readonly definition: ServiceDefinition,
    private readonly config: ServiceConfig,
    private running: RunningService,
  ) {}

  static async start(
    definition: ServiceDefinition,
    bus: unknown,
    overrides: Partial<ServiceConfig> = {},
    others: Readonly<Record<string, string>> = {},
  ): Promise<ServiceHarness> {
    const [identity, database] = await Promise.all([FakeIdentity.start(), testDatabase(definition.name)]);
    const upstreams = { identity: identity.url, ...others, ...overrides.upstreams };
    const config = testConfig({ mongoUri: database.uri, bus, ...overrides, upstreams });
    const running = await definition.create(config);
    // Identity under test verifies its own tokens with its own keys.
    if (definition.name === 'identity') config.upstreams = { identity: `http://127.0.0.1:${running.port}` };
    return new ServiceHarness(identity, database, definition, config, running);
  }

  get operationsPort(): number | undefined {
    return this.running.operationsPort;
  }

  get url(): string {
    return `http://127.0.0.1:${this.running.port}`;
  }

  /** Sends a request, as `account` when given; JSON both ways. */
  async call(
    method: string,
    path: string,
    options: { as?: Identified; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const { as, body, headers = {} } = options;
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(as && { authorization: `Bearer ${await this.identity.token(as)}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: json && text ? JSON.parse(text) : text };
  }

  /** Closes and starts it again on the same data. */
  async restart(): Promise<void> {
    await this.running.close();
    this.running = await this.definition.create(this.config);
  }

  async stop(): Promise<void> {
    await this.running.close();
    await this.database.drop();
    await this.identity.stop();
  }
}

/** Repeats the probe until it neither throws nor answers undefined or false. @throws its last error, or a timeout */
export async function eventually<T>(
  probe: () => T | Promise<T>,
  { timeoutMs = 5000, everyMs = 20 } = {},
): Promise<NonNullable<T>> {
  const until = Date.now() + timeoutMs;
  for (let last: unknown; ;) {
    try {
      const result = await probe();
      if (result !== undefined && result !== false && result !== null) return result;
      last = new Error(`still ${String(result)} after ${timeoutMs} ms`);
    } catch (error) {
      last = error;
    }
    if (Date.now() > until) throw last;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
