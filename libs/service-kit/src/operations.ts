import { Controller, Get, Header, Inject, Injectable, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { collectDefaultMetrics, Histogram, register } from 'prom-client';
import { Anyone } from './auth/auth.guard.js';

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

@ApiExcludeController()
@Controller()
@Anyone()
export class OperationsController {
  constructor(@Inject(Readiness) private readonly readiness: Readiness) {}

  @Get('healthz')
  alive() {
    return { status: 'ok' };
  }

  @Get('readyz')
  async ready(@Res() reply: FastifyReply) {
    const { ready, checks } = await this.readiness.report();
    await reply.status(ready ? 200 : 503).send({ status: ready ? 'ok' : 'unavailable', checks });
  }

  @Get('metrics')
  @Header('content-type', register.contentType)
  metrics() {
    return register.metrics();
  }
}
