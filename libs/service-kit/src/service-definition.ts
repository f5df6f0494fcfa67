import type { RequestListener } from 'node:http';

/** How a process hosts a service: alone (one process each) or beside the others (embedded mode). */
export interface ServiceConfig {
  /** Settings of this process; a service reads its own names from here, never from `process.env`. */
  env: Readonly<Record<string, string | undefined>>;
  /** Name of the installation: what two of them share has it in its names. Undefined in suites. */
  installation?: string;
  /** Database of this service; unused by the gateway. */
  mongoUri: string;
  /** Where events go: see `BusConfig` of @medflow/messaging, which this package does not know. */
  bus: unknown;
  /** 0 takes any free port. */
  port: number;
  /** Address to listen on; loopback in embedded mode. */
  host: string;
  /**
   * Where a process that is open to the world answers `/readyz` and `/metrics` (0: any free port). Undefined: on its own
   * port, to those at this machine only.
   */
  operationsPort?: number;
  /** Shared secret of calls between services. */
  internalToken: string;
  /** Base URLs of the other services, by name: `{ identity: 'http://127.0.0.1:3001' }`. Read when used, not at start. */
  upstreams: Readonly<Record<string, string>>;
  /** Services in this same process, by name: the gateway asks them without a connection. */
  neighbours?: Readonly<Record<string, RequestListener>>;
  /** What else must answer before the process says that it is ready: servers that it hosts or supervises. */
  checks?: Readonly<Record<string, () => Promise<unknown>>>;
}

export interface RunningService {
  /** The port it listens on. */
  port: number;
  /** The one for `/readyz` and `/metrics`, where it is another. */
  operationsPort?: number;
  /** Answers a request as if it had come over the port. */
  listener: RequestListener;
  /** Drains: refuses new requests, finishes those under way, then closes its connections. */
  close(): Promise<void>;
}

export interface ServiceDefinition {
  name: string;
  create(config: ServiceConfig): Promise<RunningService>;
}

/** Nest token of the {@link ServiceConfig}. */
export const SERVICE_CONFIG = Symbol('ServiceConfig');
