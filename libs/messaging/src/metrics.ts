import { Counter, Gauge, Histogram } from 'prom-client';

export const published = new Counter({
  name: 'medflow_bus_published_total',
  help: 'Events taken by the bus',
  labelNames: ['service', 'type'],
});
export const unroutable = new Counter({
  name: 'medflow_bus_unroutable_total',
  help: 'Events that no queue takes; they stay in the outbox',
  labelNames: ['service', 'type'],
});
export const handled = new Counter({
  name: 'medflow_bus_handled_total',
  help: 'Deliveries that a handler is done with',
  labelNames: ['queue', 'type', 'outcome'],
});
export const missing = new Counter({
  name: 'medflow_bus_missing_total',
  help: 'Facts that a queue never handled, as the comparison of services found, told again',
  labelNames: ['service', 'queue'],
});
export const gaps = new Counter({
  name: 'medflow_event_gaps_total',
  help: 'Facts that lack in the sequence of a subject and have not come a quarter of an hour later',
  labelNames: ['queue'],
});
export const retried = new Counter({
  name: 'medflow_bus_retried_total',
  help: 'Deliveries that failed and will be tried again',
  labelNames: ['queue'],
});
export const deadLettered = new Counter({
  name: 'medflow_bus_dead_lettered_total',
  help: 'Deliveries parked among the dead letters',
  labelNames: ['queue'],
});
export const handlerSeconds = new Histogram({
  name: 'medflow_bus_handler_seconds',
  help: 'Duration of handlers, transaction included',
  labelNames: ['queue', 'type'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
});

const backlogs = new Map<string, () => number>();
export const backlogAge = new Gauge({
  name: 'medflow_bus_outbox_age_seconds',
  help: 'Age of the oldest event that the bus has not taken yet',
  labelNames: ['service'],
  collect() {
    this.reset();
    for (const [service, age] of backlogs) this.set({ service }, age());
  },
});

/** Shows this outbox in the backlog gauge until the returned function is called. */
export function watchBacklog(service: string, ageSeconds: () => number): () => void {
  backlogs.set(service, ageSeconds);
  return () => {
    if (backlogs.get(service) === ageSeconds) backlogs.delete(service);
  };
}
