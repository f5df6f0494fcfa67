import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Controller, Get, Header, Inject, Injectable, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { collectDefaultMetrics, Histogram, register } from 'prom-client';
import { Access } from '@medflow/access';
import { May } from './auth/may.js';
import { ThisMachineOnly } from './http/this-machine.js';
import type { RunningService } from './service-definition.js';

/** Sampled every 10 ms, as is the default, the event loop would wake up for that alone: a percent of a core. */
const EVENT_LOOP_SAMPLES_MS = 500;

if (!register.getSingleMetric('process_cpu_user_seconds_total'))
  collectDefaultMetrics({ eventLoopMonitoringPrecision: EVENT_LOOP_SAMPLES_MS });

export const httpDuration = new Histogram({
  name: 'medflow_http_request_duration_seconds',
  help: 'Time to answer, by service, route and status',
  labelNames: ['service', 'method', 'route', 'status'] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
});

/** On which port, and for whose machine, is for the controllers to say. */
export const operationsAccess = new Access<{ process: unknown }>('operations', {
  'Anybody who reaches the port may ask whether the process lives, whether it is ready, and for its metrics.': {
    who: 'anyone',
    may: ['ask-alive', 'ask-ready', 'measure'],
    on: 'process',
    purpose: 'operation',
  },
});

/** What must answer before a process takes traffic. Adapters register themselves. */
@Injectable()
export class Readiness {
  private readonly checks = new Map<string, () => Promise<unknown>>();
  private draining = false;

  register(name: string, check: () => Promise<unknown>): void {
    this.checks.set(name, check);
  }

  drain(): void {
    this.draining = true;
  }

  /** Name → 'ok' or what is wrong; each check has one second. */
  async report(): Promise<{ ready: boolean; checks: Record<string, string> }> {
    const entries = await Promise.all(
      [...this.checks].map(async ([name, check]) => {
        try {
          await Promise.race([
            check(),
            new Promise((_, reject) => setTimeout(reject, 1000, new Error('no answer within 1 s')).unref()),
          ]);
          return [name, 'ok'] as const;
        } catch (error) {
          return [name, (error as Error).message] as const;
        }
      }),
    );
    const checks = Object.fromEntries(entries);
    return { ready: !this.draining && entries.every(([, state]) => state === 'ok'), checks };
  }
}

const alive = { status: 'ok' };

async function readinessOf(readiness: Readiness): Promise<{ status: 200 | 503; body: object }> {
  const { ready, checks } = await readiness.report();
  return { status: ready ? 200 : 503, body: { status: ready ? 'ok' : 'unavailable', checks } };
}

/** The only one of them that is on every port. */
@ApiExcludeController()
@Controller()
export class AliveController {
  @Get('healthz')
  @May(operationsAccess, 'ask-alive', 'process')
  alive() {
    return alive;
  }
}

/** On the port of a service that only the others of its installation reach. */
@ApiExcludeController()
@Controller()
export class OperationsController {
  constructor(@Inject(Readiness) private readonly readiness: Readiness) {}

  @Get('readyz')
  @May(operationsAccess, 'ask-ready', 'process')
  async ready(@Res() reply: FastifyReply) {
    const { status, body } = await readinessOf(this.readiness);
    await reply.status(status).send(body);
  }

  @Get('metrics')
  @May(operationsAccess, 'measure', 'process')
  @Header('content-type', register.contentType)
  metrics() {
    return register.metrics();
  }
}

/** On a port that is open to the world and the only one that there is: everything in one process. */
@ApiExcludeController()
@Controller()
@UseGuards(ThisMachineOnly)
export class LocalOperationsController extends OperationsController {}

/** `/healthz`, `/readyz` and `/metrics` on a port of their own, beside one that is open to the world. */
export async function serveOperations(
  readiness: Readiness,
  port: number,
  host: string,
): Promise<Pick<RunningService, 'port' | 'close'>> {
  const answers: Record<string, () => Promise<{ status: number; type: string; body: string }>> = {
    '/healthz': async () => ({ status: 200, type: 'application/json', body: JSON.stringify(alive) }),
    '/readyz': async () => {
      const { status, body } = await readinessOf(readiness);
      return { status, type: 'application/json', body: JSON.stringify(body) };
    },
    '/metrics': async () => ({ status: 200, type: register.contentType, body: await register.metrics() }),
  };
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => {
    const known = answers[(request.url ?? '').split('?')[0]!];
    if (!known || request.method !== 'GET') return response.writeHead(404).end();
    known().then(
      ({ status, type, body }) =>
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeIdleConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
