import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { BSON, type Document } from 'mongodb';

/** What becomes of a command: the server answers; it is cut off before that, or before its answer; or this is the answer. */
export type Fate = 'pass' | 'cut' | 'lose-answer' | Document;

const OP_MSG = 2013;
const OP_QUERY = 2004;
const OP_REPLY = 1;
const HEADER = 16;
/** Of OP_MSG: flags (4) and the kind of the first section (1) come before its document. */
const BODY = HEADER + 5;
const HANDSHAKE = ['hello', 'ismaster', 'isMaster', 'saslStart', 'saslContinue', 'ping', 'endSessions'];

/**
 * Stands between clients and one MongoDB server and makes what an election does to them: commands refused with 10107,
 * connections cut, answers lost. Speaks as much of the wire protocol as that needs.
 */
export class MongoProxy {
  /** Decides at every command but those of a handshake. */
  fate: (command: Document) => Fate = () => 'pass';
  /** What the server says of itself, as clients hear it. */
  hello: (hello: Document) => Document = (hello) => hello;
  /** While false connections are refused as soon as they are made. */
  reachable = true;
  private readonly pairs = new Set<() => void>();

  private constructor(
    private readonly server: Server,
    private readonly upstream: URL,
  ) {
    server.on('connection', (client) => this.join(client));
  }

  /** @param uri of the server: one host, its options and credentials are kept in {@link uri} */
  static async start(uri: string): Promise<MongoProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new MongoProxy(server, new URL(uri));
  }

  get uri(): string {
    const uri = new URL(this.upstream);
    uri.host = `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return uri.href;
  }

  cutAll(): void {
    for (const cut of [...this.pairs]) cut();
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.cutAll();
    await closed;
  }

  private join(client: Socket): void {
    if (!this.reachable) return void client.destroy();
    const server = connect(Number(this.upstream.port), this.upstream.hostname);
    const cut = () => {
      this.pairs.delete(cut);
      client.destroy();
      server.destroy();
    };
    this.pairs.add(cut);
    for (const socket of [client, server]) socket.setNoDelay(true).on('error', cut).on('close', cut);
    let losing = false;
    inMessages(client, (message) => {
      const command = documentOf(message);
      const fate = command && !HANDSHAKE.includes(Object.keys(command)[0]!) ? this.fate(command) : 'pass';
      if (fate === 'cut') cut();
      else if (typeof fate === 'object') client.write(replyTo(message, fate));
      else {
        losing ||= fate === 'lose-answer';
        server.write(message);
      }
    });
    inMessages(server, (message) => {
      if (losing) cut();
      else client.write(this.introduced(message));
    });
  }

  /** The server's word about itself as {@link hello} changes it; everything else as it is. */
  private introduced(message: Buffer): Buffer {
    const document = message.includes('ismaster') ? documentOf(message) : undefined;
    if (!document || !('ismaster' in document)) return message;
    const body = BSON.serialize(this.hello(document));
    const head = Buffer.from(message.subarray(0, startOf(message)));
    head.writeInt32LE(head.length + body.length, 0);
    return Buffer.concat([head, body]);
  }
}

/** The server has stepped down: it says so, until asked again, and refuses every command with the labels of mongod. */
export const steppedDown = {
  hello: ({ topologyVersion: _version, primary: _primary, electionId: _id, ...rest }: Document): Document => ({
    ...rest,
    isWritablePrimary: false,
    ismaster: false,
    secondary: true,
  }),
  fate: (command: Document): Document => {
    const ends = 'commitTransaction' in command || 'abortTransaction' in command;
    const label = command.autocommit === false && !ends ? 'TransientTransactionError' : 'RetryableWriteError';
    return {
      ok: 0,
      code: 10107,
      codeName: 'NotWritablePrimary',
      errmsg: 'not primary',
      // Only what carries a number can be recognised when it is sent again.
      ...(command.txnNumber !== undefined && { errorLabels: [label] }),
    };
  },
};

/** Calls back with whole messages: their length is their first four bytes. */
function inMessages(socket: Socket, each: (message: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= HEADER && rest.length >= rest.readInt32LE(0)) {
      const length = rest.readInt32LE(0);
      const message = rest.subarray(0, length);
      rest = rest.subarray(length);
      each(message);
    }
  });
}

const opCodeOf = (message: Buffer): number => message.readInt32LE(12);

/** Where the document begins: OP_MSG's first section, OP_REPLY's only one; nothing for what this does not read. */
function startOf(message: Buffer): number | undefined {
  if (opCodeOf(message) === OP_MSG) return BODY;
  return opCodeOf(message) === OP_REPLY ? HEADER + 20 : undefined;
}

function documentOf(message: Buffer): Document | undefined {
  const start = startOf(message);
  if (start === undefined || opCodeOf(message) === OP_QUERY) return undefined;
  return BSON.deserialize(message.subarray(start, start + message.readInt32LE(start)), { promoteValues: true });
}

function replyTo(request: Buffer, answer: Document): Buffer {
  const body = BSON.serialize(answer);
  const head = Buffer.alloc(BODY);
  head.writeInt32LE(BODY + body.length, 0);
  head.writeInt32LE(request.readInt32LE(4), 8);
  head.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([head, body]);
}
