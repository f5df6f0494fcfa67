/** Every durable queue and the event types that it takes. */
export type Topology = Readonly<Record<string, readonly string[]>>;

/** Literal names on the broker; a namespace goes before each of them. */
export class Names {
  private readonly prefix: string;

  constructor(private readonly namespace?: string) {
    this.prefix = namespace ? `${namespace}.` : '';
  }

  /** What operators see of a connection in the broker's list. */
  ofConnection(purpose: string): string {
    return ['medflow', this.namespace, purpose].filter(Boolean).join(' ');
  }

  get exchange(): string {
    return `${this.prefix}medflow`;
  }

  queue(name: string): string {
    return `${this.prefix}${name}`;
  }

  dead(name: string): string {
    return `${this.queue(name)}.dead`;
  }

  /** Exchange and queue of one retry delay: `medflow.retry.10s`. */
  retry(delayMs: number): string {
    return `${this.exchange}.retry.${duration(delayMs)}`;
  }
}

/** The queues that take this type. */
export function queuesOf(topology: Topology, type: string): string[] {
  return Object.keys(topology).filter((queue) => topology[queue]?.includes(type));
}

function duration(ms: number): string {
  if (ms % 60_000 === 0) return `${ms / 60_000}m`;
  return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${ms}ms`;
}
