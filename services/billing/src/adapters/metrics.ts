import { Counter, Gauge, register } from 'prom-client';

/** One process hosts several services in tests: a metric is made once. */
const counter = <T extends string>(name: string, help: string, labelNames: T[]): Counter<T> =>
  (register.getSingleMetric(name) as Counter<T> | undefined) ?? new Counter({ name, help, labelNames });
const gauge = <T extends string>(name: string, help: string, labelNames: T[]): Gauge<T> =>
  (register.getSingleMetric(name) as Gauge<T> | undefined) ?? new Gauge({ name, help, labelNames });

export const webhooks = counter('medflow_billing_webhooks_total', 'Webhooks by what was made of them', ['outcome']);

export const settlements = counter('medflow_billing_settlements_total', 'Charges worked off, by outcome', ['outcome']);

export const reconciliationDifferences = gauge(
  'medflow_billing_reconciliation_differences',
  'Differences between the ledger and the provider at the last reconciliation',
  [],
);

export const refusedSteps = gauge(
  'medflow_billing_refused_steps',
  'Payments with a step that the provider refuses, at the last reconciliation',
  [],
);
