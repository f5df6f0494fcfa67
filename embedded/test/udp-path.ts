import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** A way of datagrams to a port of this machine, which can be long, lossy, or cut. */
export class UdpPath {
  delayMs = 0;
  /** Share of the datagrams that are lost, each way. */
  loss = 0;
  isCut = false;
  private readonly door = createSocket('udp4');
  /** By the address of who came: the socket that speaks for them at the other end. */
  private readonly speakers = new Map<string, Socket>();
  private dice = 1;

  private constructor(private readonly target: number) {}

  static async to(target: number): Promise<UdpPath> {
    const path = new UdpPath(target);
    path.door.bind(0, '127.0.0.1');
    await once(path.door, 'listening');
    path.door.on('message', (datagram, { address, port }) => {
      const speaker = path.speakerOf(address, port);
      path.carry(() => speaker.send(datagram, path.target, '127.0.0.1'));
    });
    return path;
  }

  get port(): number {
    return this.door.address().port;
  }

  close(): void {
    this.isCut = true;
    for (const socket of [this.door, ...this.speakers.values()]) socket.close();
  }

  private speakerOf(address: string, port: number): Socket {
    const known = this.speakers.get(`${address}:${port}`);
    if (known) return known;
    const speaker = createSocket('udp4');
    this.speakers.set(`${address}:${port}`, speaker);
    speaker.bind(0, '127.0.0.1');
    speaker.on('message', (datagram) => this.carry(() => this.door.send(datagram, port, address)));
    return speaker;
  }

  private carry(onward: () => void): void {
    if (this.isCut || this.isLost()) return;
    setTimeout(() => {
      if (!this.isCut) onward();
    }, this.delayMs);
  }

  /** The same ones in every run (the generator of « Numerical Recipes »). */
  private isLost(): boolean {
    this.dice = (this.dice * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return this.dice / 2 ** 32 < this.loss;
  }
}
