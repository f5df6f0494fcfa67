import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { correlation, SERVICE_CONFIG, type ServiceConfig } from '@medflow/service-kit';
import type { FastifyRequest } from 'fastify';
import { Agent, request } from 'undici';
import type { z } from 'zod';

/** Of one page: a service that takes longer is left out of it. */
const TIME_LIMIT_MS = 2_000;
const CONNECTIONS_PER_SERVICE = 32;

/** Whose page is composed, and what of their request goes on to the services. */
export interface Caller {
  id: string;
  authorization: string;
  language: string | undefined;
}

export const callerOf = (incoming: FastifyRequest): Caller => ({
  id: incoming.account!.id,
  authorization: String(incoming.headers.authorization),
  language: incoming.headers['accept-language'],
});

/** @throws Error that names the first member that is not as it should be, and never what stood there */
function parsed<T>(schema: z.ZodType<T>, answer: unknown): T {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Error(`${issue?.path.join('.') || 'its answer'}: ${issue?.message}`);
}

/** Asks for the parts of one page, and remembers which services did not give theirs. */
export class Parts {
  private readonly down = new Set<string>();

  constructor(
    private readonly upstreams: Upstreams,
    private readonly caller: Caller,
  ) {}

  /** The part as the schema understands it, or null when the service is down, slow, or answers what it should not. */
  async of<T>(service: string, path: string, schema: z.ZodType<T>): Promise<T | null> {
    try {
      return await this.upstreams.get(service, path, schema, this.caller);
    } catch (error) {
      this.upstreams.leftOut(service, error as Error);
      this.down.add(service);
      return null;
    }
  }

  /** Names of the services whose parts lack. */
  get unavailable(): string[] {
    return [...this.down].sort();
  }
}

/** The services behind the gateway, for the few pages that it composes. */
@Injectable()
export class Upstreams implements OnModuleDestroy {
  private readonly logger = new Logger(Upstreams.name);
  private readonly agent = new Agent({
    connections: CONNECTIONS_PER_SERVICE,
    pipelining: 1,
    keepAliveTimeout: 30_000,
  });

  constructor(@Inject(SERVICE_CONFIG) private readonly config: ServiceConfig) {}

  partsFor(caller: Caller): Parts {
    return new Parts(this, caller);
  }

  /**
   * What the service answers, as the schema understands it.
   * @param caller whose page it is for; nobody's where only `/internal/` is asked
   * @throws Error for anything but a 200 of that schema within the time limit
   */
  async get<T>(service: string, path: string, schema: z.ZodType<T>, caller?: Caller): Promise<T> {
    const base = this.config.upstreams[service];
    if (!base) throw new Error('it is not there');
    const { correlationId, traceparent } = correlation.current() ?? {};
    const { statusCode, body } = await request(base + path, {
      dispatcher: this.agent,
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
      headers: {
        // What is for processes of ours is asked in the gateway's name, what is public in the caller's.
        ...(path.startsWith('/internal/')
          ? { 'x-medflow-internal': this.config.internalToken }
          : caller && { authorization: caller.authorization }),
        ...(caller?.language !== undefined && { 'accept-language': caller.language }),
        ...(correlationId !== undefined && { 'x-request-id': correlationId }),
        ...(traceparent !== undefined && { traceparent }),
      },
    });
    if (statusCode !== 200) {
      await body.dump();
      throw new Error(`it answered ${statusCode}`);
    }
    return parsed(schema, await body.json());
  }

  /** Tells the service something, in the gateway's own name. @throws Error for anything but a 204 within the time limit */
  async tell(service: string, path: `/internal/${string}`, word: object): Promise<void> {
    await (await this.post(service, path, word, 204)).dump();
  }

  /** Asks with a body, for what may stand in no address. @throws Error for anything but a 200 of that schema within the time limit */
  async ask<T>(service: string, path: `/internal/${string}`, word: object, schema: z.ZodType<T>): Promise<T> {
    return parsed(schema, await (await this.post(service, path, word, 200)).json());
  }

  private async post(service: string, path: string, word: object, expected: number) {
    const base = this.config.upstreams[service];
    if (!base) throw new Error('it is not there');
    const { statusCode, body } = await request(base + path, {
      method: 'POST',
      dispatcher: this.agent,
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
      headers: { 'x-medflow-internal': this.config.internalToken, 'content-type': 'application/json' },
      body: JSON.stringify(word),
    });
    if (statusCode === expected) return body;
    await body.dump();
    throw new Error(`it answered ${statusCode}`);
  }

  leftOut(service: string, { message }: Error): void {
    this.logger.warn(`${service} is left out of a page: ${message}`);
  }

  async onModuleDestroy(): Promise<void> {
    await this.agent.close();
  }
}
