import type { ServiceConfig } from '@medflow/service-kit';
import { Logger } from '@nestjs/common';
import { type EventEnvelope, PoisonMessage } from '../envelope.js';
import { missing as missingFacts } from '../metrics.js';
import { envelopeOf, type OutgoingEvent } from '../outgoing-event.js';
import { queuesOf, type Topology } from '../topology.js';
import type { Transport } from '../transport.js';
import type { Holdings } from './holdings.js';

export interface ReplayRequest {
  /** Only what was told since then, where the service knows when. */
  since?: Date;
  /** Default: every queue that takes them. */
  to?: string;
  /** Only what a queue, asked twice, does not know. */
  missingOnly?: boolean;
}

export interface ReplayProgress {
  /** Kind of the aggregates. */
  readonly holding: string;
  /** Of that kind so far, counted once for each queue. */
  readonly compared: number;
  readonly published: number;
}

/** What is under way has arrived by then. */
const ARRIVES_MS = 5_000;
/** Missing facts of a queue that wait together until they are asked for again. */
const MOST_WAITING = 2_000;
const TIMEOUT_MS = 30_000;

/** Tells the latest facts of a service again. What a consumer knows already, it takes no notice of. */
export class Replay {
  private readonly logger = new Logger('replay');

  constructor(
    readonly service: string,
    private readonly topology: Topology,
    private readonly transport: Transport,
    private readonly holdings: Holdings,
    private readonly config: Pick<ServiceConfig, 'upstreams' | 'internalToken'>,
    private readonly arrivesMs = ARRIVES_MS,
  ) {}

  /** @throws Error when the broker, or a service that is asked, is away: what was told until then is told */
  async *run({ since, to, missingOnly = false }: ReplayRequest): AsyncGenerator<ReplayProgress> {
    if (to !== undefined && !(to in this.topology)) throw new UnknownQueue(to);
    for (const { name, pages } of this.holdings.all) {
      let compared = 0;
      let published = 0;
      const waiting = new Map<string, EventEnvelope[]>();
      const settle = async (queue: string, facts: EventEnvelope[]) => {
        waiting.delete(queue);
        await pause(this.arrivesMs);
        const lost = await this.missing(queue, facts);
        await this.publish(queue, lost);
        missingFacts.inc({ service: this.service, queue }, lost.length);
        published += lost.length;
      };
      for await (const page of pages(since)) {
        for (const [queue, facts] of this.byQueue(
          page.flatMap((event) => this.written(event)),
          to,
        )) {
          compared += facts.length;
          if (missingOnly) {
            const lost = [...(waiting.get(queue) ?? []), ...(await this.missing(queue, facts))];
            waiting.set(queue, lost);
            if (lost.length >= MOST_WAITING) await settle(queue, lost);
          } else {
            await this.publish(queue, facts);
            published += facts.length;
          }
        }
        yield { holding: name, compared, published };
      }
      for (const [queue, facts] of [...waiting]) if (facts.length > 0) await settle(queue, facts);
      yield { holding: name, compared, published };
    }
  }

  /** Nothing where its data breaks the contract by now: one old row must not keep all others from being told. */
  private written(event: OutgoingEvent): EventEnvelope[] {
    try {
      return [envelopeOf(this.service, event, true)];
    } catch (error) {
      if (!(error instanceof PoisonMessage)) throw error;
      this.logger.error(`${event.contract.type} of ${event.subject} cannot be told again: ${error.message}`);
      return [];
    }
  }

  private byQueue(facts: EventEnvelope[], to?: string): Map<string, EventEnvelope[]> {
    const byQueue = new Map<string, EventEnvelope[]>();
    for (const fact of facts) {
      for (const queue of queuesOf(this.topology, fact.type)) {
        if (to !== undefined && queue !== to) continue;
        byQueue.set(queue, [...(byQueue.get(queue) ?? []), fact]);
      }
    }
    return byQueue;
  }

  private async publish(to: string, facts: readonly EventEnvelope[]): Promise<void> {
    const messages = facts.map((fact) => {
      const { id, type, subject } = fact;
      return { id, type, subject, body: JSON.stringify(fact), live: false, to };
    });
    const outcomes = await Promise.all(this.transport.publish(messages));
    if (outcomes.includes('unroutable')) throw new Error(`the broker has no queue ${to}`);
  }

  /** Asks the service whose queue it is. */
  private async missing(queue: string, facts: readonly EventEnvelope[]): Promise<EventEnvelope[]> {
    if (facts.length === 0) return [];
    const consumer = queue.split('.')[0]!;
    const names = facts.map(({ id, type, subject, sequence, data }) => ({ id, type, subject, sequence, data }));
    const response = await fetch(`${this.config.upstreams[consumer]}/internal/facts/missing`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-medflow-internal': this.config.internalToken },
      body: JSON.stringify({ queue, facts: names }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`${consumer} answered ${response.status} when asked what it knows`);
    const { missing } = (await response.json()) as { missing: string[] };
    const lost = new Set(missing);
    return facts.filter(({ id }) => lost.has(id));
  }
}

export class UnknownQueue extends Error {
  override readonly name = 'UnknownQueue';
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
