import { type IncomingMessage, maxHeaderSize, type RequestListener, type ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { HandedRequest, type RequestHead } from './handed-request.js';
import { type HandedAnswer, HandedResponse, type NoAnswer } from './handed-response.js';

/** Room for what a head over a connection has besides: version, separators, line ends. */
const PER_HEADER = 4;

/** Whether a server would read so large a head: what it says of one that is too large is its own affair. */
export function canBeHandedOver({ method, url, headers }: RequestHead): boolean {
  let size = method.length + url.length;
  for (const name in headers) size += name.length + headers[name]!.length + PER_HEADER;
  return size < maxHeaderSize / 2;
}

/**
 * Gives a request to a server of this process without a connection.
 * @param body whole, or as it comes
 * @param settle hears once: of the answer's head with its body, or that there is none
 */
export function handOver(
  listener: RequestListener,
  head: RequestHead,
  body: Buffer | Readable | undefined,
  silentMs: number,
  settle: (error: NoAnswer | null, answer?: HandedAnswer) => void,
): void {
  const request = new HandedRequest(head, body, () => response.stillAsked());
  const response = new HandedResponse(request, silentMs, settle);
  response.on('error', () => undefined);
  listener(request as unknown as IncomingMessage, response as unknown as ServerResponse);
}
