import type { AddressInfo } from 'node:net';
import { InProcessBus } from '@medflow/messaging';
import { AccessTokens, createApplication, EndedSessions, type ServiceConfig } from '@medflow/service-kit';
import { testDatabase } from '@medflow/testing';
import { identity } from '../src/index.js';

export type Replica = Awaited<ReturnType<typeof createApplication>>;

/** Replicas of identity on one database of their own, without a bus that takes anything. */
export class IdentityHarness {
  private readonly replicas: Replica[] = [];

  private constructor(
    readonly database: Awaited<ReturnType<typeof testDatabase>>,
    private readonly bus: InProcessBus,
  ) {}

  static async create(): Promise<IdentityHarness> {
    const database = await testDatabase('identity');
    return new IdentityHarness(database, new InProcessBus(database.client.db()));
  }

  config(env: ServiceConfig['env'] = {}, internalToken = 'test-internal-token'): ServiceConfig {
    return {
      env: { LOG_LEVEL: 'silent', ...env },
      mongoUri: this.database.uri,
      bus: { kind: 'in-process', bus: this.bus },
      port: 0,
      host: '127.0.0.1',
      internalToken,
      upstreams: {},
    };
  }

  /** A replica that is initialised; it listens when asked for its address. */
  async replica(env: ServiceConfig['env'] = {}, internalToken?: string): Promise<Replica> {
    const app = await createApplication(identity.options, this.config(env, internalToken));
    this.replicas.push(app);
    return app.init();
  }

  /** What another service verifies tokens with, fetching the keys from this replica. */
  async verifier(app: Replica): Promise<AccessTokens> {
    return new AccessTokens(await this.asking(app));
  }

  /** What this replica verifies tokens with itself: it knows which sessions are over. */
  async ownVerifier(app: Replica): Promise<AccessTokens> {
    return new AccessTokens(await this.asking(app), app.get(EndedSessions));
  }

  /** As the operator's command asks it. */
  async rotateKey(app: Replica): Promise<{ status: number; body: Record<string, string> }> {
    const { internalToken, upstreams } = await this.asking(app);
    const headers = { 'x-medflow-internal': internalToken };
    const response = await fetch(`${upstreams.identity}/internal/signing-keys/rotations`, { method: 'POST', headers });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  }

  /** Where the replica listens, from now on. */
  async address(app: Replica): Promise<string> {
    if (!app.getHttpServer().listening) await app.listen(0, '127.0.0.1');
    return `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  }

  private async asking(app: Replica): Promise<ServiceConfig> {
    return { ...this.config(), upstreams: { identity: await this.address(app) } };
  }

  async close(): Promise<void> {
    await Promise.all(this.replicas.map((app) => app.close()));
    this.bus.close();
    await this.database.drop();
  }
}

let count = 0;
/** A name that no other test has. */
export const next = (prefix: string): string => `${prefix}-${(count += 1)}`;
export const many = <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));
