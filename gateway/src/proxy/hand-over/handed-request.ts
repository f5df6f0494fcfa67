import { Readable } from 'node:stream';

/** What a service looks at of a connection: it is this machine's own. */
const connection = Object.freeze({
  remoteAddress: '127.0.0.1',
  remoteFamily: 'IPv4',
  localAddress: '127.0.0.1',
  encrypted: false,
  destroyed: false,
});

export interface RequestHead {
  method: string;
  /** Path and query. */
  url: string;
  /** Names in lower case. */
  headers: Record<string, string | string[]>;
}

/** A request as Node gives it to a server (`IncomingMessage`), that came over no connection. */
export class HandedRequest extends Readable {
  readonly httpVersion = '1.1';
  readonly httpVersionMajor = 1;
  readonly httpVersionMinor = 1;
  readonly socket = connection;
  readonly connection = connection;
  readonly method: string;
  readonly headers: RequestHead['headers'];
  url: string;
  complete = false;
  aborted = false;

  constructor(
    head: RequestHead,
    private readonly body: Buffer | Readable | undefined,
    /** Hears that more of a body has come that comes in parts. */
    private readonly onPart: () => void = () => undefined,
  ) {
    super({ autoDestroy: false });
    if (body instanceof Readable) this.follow(body);
    this.method = head.method;
    this.url = head.url;
    this.headers = head.headers;
  }

  get rawHeaders(): string[] {
    return Object.entries(this.headers).flatMap(([name, value]) => [value].flat().flatMap((one) => [name, one]));
  }

  override _read(): void {
    if (this.body instanceof Readable) return void this.body.resume();
    if (this.body?.length) this.push(this.body);
    this.push(null);
    this.complete = true;
  }

  private follow(body: Readable): void {
    body
      .on('data', (chunk: Buffer) => {
        this.onPart();
        if (!this.push(chunk)) body.pause();
      })
      .once('end', () => {
        this.complete = true;
        this.push(null);
      })
      .once('close', () => {
        // Who sent it went away, or was stopped.
        if (!this.complete && !this.destroyed) this.giveUp();
      })
      .pause();
  }

  /** The caller wants no answer any more. */
  giveUp(): void {
    this.aborted = true;
    this.emit('aborted');
    this.destroy();
  }
}
