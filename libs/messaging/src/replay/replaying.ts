import { SERVICE_CONFIG, type ServiceConfig } from '@medflow/service-kit';
import type { Provider, Type } from '@nestjs/common';
import type { Topology } from '../topology.js';
import type { Transport } from '../transport.js';
import { Holdings } from './holdings.js';
import { Replay } from './replay.js';
import { NightlyCheck } from './nightly-check.js';

/** What a service has of the bus. */
export abstract class BusOfService {
  abstract readonly service: string;
  abstract readonly topology: Topology;
  abstract readonly transport: Transport;
}

/** Beside `ReplayController`, for a service that holds something: told again when asked to, and compared every night. */
export const replayOf = (holdings: Type<Holdings>): Provider[] => [
  { provide: Holdings, useClass: holdings },
  {
    provide: Replay,
    inject: [BusOfService, Holdings, SERVICE_CONFIG],
    useFactory: ({ service, topology, transport }: BusOfService, all: Holdings, config: ServiceConfig) =>
      new Replay(service, topology, transport, all, config),
  },
  NightlyCheck,
];
