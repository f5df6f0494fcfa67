import * as http from 'node:http';
import * as https from 'node:https';
import { connect } from 'node:net';

/** An answer as it came over the wire. */
export interface RawAnswer {
  status: number;
  /** By name in lower case. */
  headers: Record<string, string>;
  body: string;
  /** Statuses that came before it: `100` for « Continue ». */
  interim: number[];
}

export interface RawOptions {
  host?: string;
  /** Of this machine, from which the connection is made. */
  localAddress?: string;
  timeoutMs?: number;
}

/**
 * Sends bytes as they are, which no HTTP client would, and reads until the connection is closed.
 * @returns null when it is closed without an answer
 * @throws Error when it is still open after `timeoutMs`
 */
export function rawExchange(
  port: number,
  bytes: string | Buffer,
  { host = '127.0.0.1', localAddress, timeoutMs = 10_000 }: RawOptions = {},
): Promise<RawAnswer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect({ port, host, ...(localAddress && { localAddress }) });
    const late = setTimeout(() => {
      socket.destroy();
      reject(new Error(`still open after ${timeoutMs} ms: ${String(bytes).slice(0, 200)}`));
    }, timeoutMs);
    socket.on('connect', () => socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes));
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    // A server that hangs up while we still send resets the connection: what it said before counts.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(late);
      resolve(answerOf(Buffer.concat(chunks).toString('utf8')));
    });
  });
}

function answerOf(text: string, interim: number[] = []): RawAnswer | null {
  const [, status, fields = ''] = /^HTTP\/1\.1 (\d{3})[^\r\n]*\r\n((?:[^\r\n]+\r\n)*)\r\n/.exec(text) ?? [];
  if (status === undefined) return null;
  const end = text.indexOf('\r\n\r\n') + 4;
  if (status.startsWith('1')) return answerOf(text.slice(end), [...interim, Number(status)]);
  const headers = Object.fromEntries(
    fields
      .trim()
      .split('\r\n')
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const body = text.slice(end);
  return { status: Number(status), headers, body: headers['transfer-encoding'] ? joined(body) : body, interim };
}

/** Of a chunked body. */
function joined(body: string): string {
  const bytes = Buffer.from(body);
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf('\r\n', at);
    const size = parseInt(bytes.subarray(at, end).toString(), 16);
    if (!(size > 0)) break;
    text += bytes.subarray(end + 2, end + 2 + size).toString();
    at = end + 2 + size + 2;
  }
  return text;
}

export interface FromOptions {
  /** Of this machine: all of 127.0.0.0/8 is. */
  address: string;
  method?: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
}

/** A request to localhost from an address of one's own, over HTTPS with any certificate where the URL says so. */
export function askFrom(url: string, { address, method = 'GET', headers, body }: FromOptions): Promise<RawAnswer> {
  const { protocol, port, pathname, search } = new URL(url);
  const sent = (protocol === 'https:' ? https : http).request({
    host: '127.0.0.1',
    port,
    method,
    path: pathname + search,
    localAddress: address,
    headers: {
      host: `localhost:${port}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    agent: false,
    rejectUnauthorized: false,
  } as https.RequestOptions);
  return new Promise((resolve, reject) => {
    sent.on('error', reject);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const told = Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode!, headers: Object.fromEntries(told), body: text, interim: [] });
      });
    });
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
