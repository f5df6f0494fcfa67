import {
  type Consumer,
  type OutgoingMessage,
  type PublishOutcome,
  type Transport,
  type TransportOptions,
} from '../transport.js';
import type { InProcessBus } from './bus.js';

/** One service's view of the shared bus. */
export class InProcessTransport implements Transport {
  readonly ready = true;
  readonly connected = true;
  private readonly consumed: string[] = [];

  constructor(
    private readonly bus: InProcessBus,
    private readonly options: TransportOptions,
  ) {}

  /** It never stops being ready. */
  onReady(): void {}

  async connect(): Promise<void> {
    this.bus.declare(this.options.topology);
  }

  publish(messages: OutgoingMessage[]): Promise<PublishOutcome>[] {
    return messages.map((message) => this.bus.publish(message));
  }

  consume(queue: string, consumer: Consumer): void {
    this.bus.consume(queue, consumer);
    this.consumed.push(queue);
  }

  async stopConsuming(): Promise<void> {
    await Promise.all(this.consumed.splice(0).map((queue) => this.bus.stop(queue)));
  }

  /** The bus outlives this service: whoever made it closes it. */
  async close(): Promise<void> {}
}
