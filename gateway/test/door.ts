import { topology } from '@medflow/contracts';
import { InProcessBus } from '@medflow/messaging';
import type { ServiceConfig } from '@medflow/service-kit';
import { type Identified, ServiceHarness, testDatabase } from '@medflow/testing';
import { publicDocument } from '../src/document.js';
import { gateway } from '../src/index.js';
import { type Route, routesOf } from '../src/proxy/route-table.js';
import { FakeService } from './fake-services.js';

export const names = ['identity', 'profiles', 'scheduling', 'billing', 'notifications', 'feedback'] as const;
export type Name = (typeof names)[number];

export const ways = ['over a connection', 'within the process'] as const;
export type Way = (typeof ways)[number];

/** The gateway before fake services that note all that they are asked. */
export class Door {
  private constructor(
    readonly harness: ServiceHarness,
    readonly services: Record<Name, FakeService>,
    /** In test mode's place of the payment provider. */
    readonly provider: FakeService,
    private readonly stops: (() => Promise<void>)[],
  ) {}

  /** @param way how the gateway asks the services */
  static async open(
    env: Record<string, string> = {},
    overrides: Partial<ServiceConfig> = {},
    way: Way = 'over a connection',
  ): Promise<Door> {
    const database = await testDatabase('bus');
    const bus = new InProcessBus(database.client.db());
    bus.declare(topology);
    const [provider, ...fakes] = await Promise.all(Array.from({ length: names.length + 1 }, () => FakeService.start()));
    const services = Object.fromEntries(names.map((name, at) => [name, fakes[at]!])) as Record<Name, FakeService>;
    const upstreams = Object.fromEntries(names.map((name) => [name, services[name].url]));
    const harness = await ServiceHarness.start(
      gateway,
      { kind: 'in-process', bus },
      {
        upstreams,
        ...(way === 'within the process' && {
          neighbours: Object.fromEntries(names.map((name) => [name, services[name].listener])),
        }),
        mongoUri: '',
        env: { LOG_LEVEL: 'silent', MEDFLOW_RATE_LIMITS: 'off', MEDFLOW_TEST_PROVIDER_URL: provider!.url, ...env },
        ...overrides,
      },
    );
    // Tokens are signed by the harness's identity: its keys are served at the fake's.
    const keys = '/auth/.well-known/jwks.json';
    services.identity.knows(keys, await (await fetch(harness.identity.url + keys)).json());
    return new Door(harness, services, provider!, [
      () => harness.stop(),
      ...[provider!, ...fakes].map((fake) => () => fake.stop()),
      async () => void bus.close(),
      () => database.drop(),
    ]);
  }

  get port(): number {
    return Number(new URL(this.harness.url).port);
  }

  get routes(): Route[] {
    return routesOf(publicDocument());
  }

  async close(): Promise<void> {
    for (const stop of this.stops) await stop();
  }

  tokenOf(account: Identified): Promise<string> {
    return this.harness.identity.token(account);
  }
}
