import { type OutgoingHttpHeaders, maxHeaderSize, validateHeaderName, validateHeaderValue } from 'node:http';
import { Readable, Writable } from 'node:stream';
import type { HandedRequest } from './handed-request.js';

type HeaderValue = number | string | readonly string[];
type Done = (error?: Error | null) => void;

export interface HandedAnswer {
  statusCode: number;
  /** Names in lower case. */
  headers: Record<string, string | string[]>;
  /** Whole where the service gave it so, else as it comes. */
  body: Buffer | Readable;
}

/** What a service does not answer: it closed the connection, was silent too long, or sent a head that is too large. */
export class NoAnswer extends Error {}

const NOTHING = Buffer.alloc(0);

const sizeOf = (headers: HandedAnswer['headers']): number => {
  let size = 0;
  for (const name in headers) size += name.length + headers[name]!.length;
  return size;
};

/**
 * A response as Node gives it to a server (`ServerResponse`), whose answer goes to `settle` instead of a connection: the head
 * with the whole body where it is written at once, else with a stream.
 */
export class HandedResponse extends Writable {
  statusCode = 200;
  statusMessage = '';
  headersSent = false;
  readonly sendDate = false;
  readonly shouldKeepAlive = true;
  readonly socket: HandedRequest['socket'];
  readonly connection: HandedRequest['socket'];
  private readonly head: HandedAnswer['headers'] = {};
  private body: Readable | undefined;
  private settled = false;
  /** Tells the service that the reader wants more. */
  private wanted: Done | undefined;
  private readonly timer: NodeJS.Timeout;

  /** @param silentMs how long a service may say nothing: until the head, and between parts of the body */
  constructor(
    readonly req: HandedRequest,
    silentMs: number,
    private readonly settle: (error: NoAnswer | null, answer?: HandedAnswer) => void,
  ) {
    super();
    this.socket = req.socket;
    this.connection = req.socket;
    this.timer = setTimeout(() => this.silent(), silentMs);
    this.timer.unref();
  }

  /** The service is not silent while it is still being told. */
  stillAsked(): void {
    if (!this.settled) this.timer.refresh();
  }

  setHeader(name: string, value: HeaderValue): this {
    if (this.headersSent) throw alreadySent();
    validateHeaderName(name);
    validateHeaderValue(name, value as string);
    this.head[name.toLowerCase()] = Array.isArray(value) ? value.map(String) : String(value);
    return this;
  }

  getHeader(name: string): string | string[] | undefined {
    return this.head[name.toLowerCase()];
  }

  hasHeader(name: string): boolean {
    return name.toLowerCase() in this.head;
  }

  removeHeader(name: string): void {
    if (this.headersSent) throw alreadySent();
    delete this.head[name.toLowerCase()];
  }

  getHeaders(): OutgoingHttpHeaders {
    return { ...this.head };
  }

  getHeaderNames(): string[] {
    return Object.keys(this.head);
  }

  writeHead(statusCode: number, ...rest: unknown[]): this {
    if (this.headersSent) throw alreadySent();
    const headers = rest.find((one) => typeof one === 'object') as Record<string, HeaderValue | undefined> | undefined;
    for (const name in headers) if (headers[name] !== undefined) this.setHeader(name, headers[name]);
    this.statusCode = statusCode;
    this.headersSent = true;
    return this;
  }

  flushHeaders(): void {
    this.begin();
  }

  /** Neither is sent on by the gateway. */
  writeContinue(): void {}
  writeProcessing(): void {}

  override end(...args: unknown[]): this {
    const [chunk, encoding] = args;
    if (this.settled || this.writableEnded) return super.end(...(args as Parameters<Writable['end']>));
    const done = args.find((one) => typeof one === 'function') as (() => void) | undefined;
    this.answer(
      typeof chunk === 'string'
        ? Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
        : chunk instanceof Uint8Array
          ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
          : NOTHING,
    );
    return super.end(done);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.timer.refresh();
    this.begin();
    if (this.body!.push(chunk)) done();
    else this.wanted = done;
  }

  override _final(done: Done): void {
    clearTimeout(this.timer);
    this.body?.push(null);
    done();
  }

  override _destroy(error: Error | null, done: Done): void {
    clearTimeout(this.timer);
    if (!this.settled) {
      this.settled = true;
      this.settle(new NoAnswer(error?.message ?? 'it hung up'));
    }
    // A body that ends too early must not pass for a whole one.
    if (this.body && !this.writableFinished) this.body.destroy(new NoAnswer('it hung up in the middle'));
    if (!this.writableFinished) this.req.giveUp();
    else this.req.destroy();
    done(null);
  }

  private begin(): void {
    if (this.body) return;
    this.body = new Readable({
      read: () => {
        const { wanted } = this;
        this.wanted = undefined;
        wanted?.();
      },
      // The reader went away.
      destroy: (error, done) => {
        if (!this.writableFinished) this.destroy();
        done(error);
      },
    });
    // Nobody may listen: where there is to be no body, or the answer is left.
    this.body.on('error', () => undefined);
    this.answer(this.body);
  }

  private answer(body: HandedAnswer['body']): void {
    this.headersSent = true;
    this.settled = true;
    const tooLarge = sizeOf(this.head) > maxHeaderSize;
    const bodyless = this.req.method === 'HEAD' || this.statusCode === 204 || this.statusCode === 304;
    if (tooLarge || bodyless) this.body?.resume();
    if (tooLarge) this.settle(new NoAnswer('the head of its answer is too large'));
    else this.settle(null, { statusCode: this.statusCode, headers: this.head, body: bodyless ? NOTHING : body });
  }

  private silent(): void {
    // Who reads slowly is no fault of the service's.
    if (this.wanted) this.timer.refresh();
    else this.destroy(new Error('it was silent too long'));
  }
}

const alreadySent = (): Error =>
  Object.assign(new Error('the head has been sent already'), { code: 'ERR_HTTP_HEADERS_SENT' });
