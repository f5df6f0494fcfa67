import type { InProcessBus } from './in-process/bus.js';

/**
 * Where events go: RabbitMQ, or the bus object that all services of this process share. `namespace` is the name of the
 * installation, without which two of them on one broker would take each other's events. `sole`: no other process runs
 * any of the services.
 */
export type BusConfig = (
  { kind: 'amqp'; url: string; namespace?: string } | { kind: 'in-process'; bus: InProcessBus }
) & {
  sole?: boolean;
};
