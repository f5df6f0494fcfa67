import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

const HEADER_BYTES = 16;
const OP_MSG = 2013;
/** Flags, and the kind of the first section. */
const BEFORE_DOCUMENT = HEADER_BYTES + 4 + 1;
/** Length of the document, and the type of its first field. */
const BEFORE_NAME = BEFORE_DOCUMENT + 4 + 1;

/** Stands before a database and counts what it is asked, command by command. Source: MongoDB wire protocol. */
export class CountingProxy {
  /** By name: `find`, `hello`, … */
  counts = new Map<string, number>();
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {}

  static async before(uri: string): Promise<CountingProxy> {
    const target = new URL(uri);
    const server = createServer((near) => proxy.join(near, connect(Number(target.port), target.hostname)));
    const proxy = new CountingProxy(server, target);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** The same database, through the proxy. */
  get uri(): string {
    const uri = new URL(this.target);
    uri.hostname = '127.0.0.1';
    uri.port = String((this.server.address() as AddressInfo).port);
    return uri.toString();
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  reset(): void {
    this.counts = new Map();
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(near: Socket, far: Socket): void {
    let rest: Buffer = Buffer.alloc(0);
    near.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      while (rest.length >= HEADER_BYTES && rest.length >= rest.readInt32LE(0)) {
        const length = rest.readInt32LE(0);
        this.count(rest.subarray(0, length));
        rest = rest.subarray(length);
      }
    });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
    }
  }

  private count(message: Buffer): void {
    const isCommand = message.readInt32LE(12) === OP_MSG;
    const name = isCommand ? message.toString('latin1', BEFORE_NAME, message.indexOf(0, BEFORE_NAME)) : 'hello';
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }
}
