import rateLimit from '@fastify/rate-limit';
import { networkOf } from '@medflow/service-kit';
import type { FastifyInstance, FastifyRequest, preParsingAsyncHookHandler } from 'fastify';

/**
 * Per minute and replica. One address may stand for a whole clinic or campus, so addresses are allowed far more than a
 * single account.
 */
const perMinute = {
  address: 3000,
  webhooks: 12_000,
  accountReads: 1200,
  accountWrites: 300,
  registrations: 60,
  bookings: 60,
  /** A clinic’s waiting room may share an address; whoever wants every doctor’s slots shall not get far. */
  reservations: 60,
  /** Each is megabytes to read and an image to decode. */
  photos: 20,
};

const MINUTE_MS = 60_000;

export class TooManyRequests extends Error {
  readonly code = 'too-many-requests';
  readonly kind = 'throttled';

  constructor(readonly retryAfterSeconds: number) {
    super('too many requests');
  }
}

const isRead = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';

/** What is counted together, and how much of it a minute allows. */
export function quotaOf(request: FastifyRequest): { key: string; max: number } {
  const path = request.url.split('?')[0];
  const address = networkOf(request.ip);
  if (request.method === 'POST' && path === '/api/v1/auth/register')
    return { key: `register ${address}`, max: perMinute.registrations };
  // The payment provider tells of everybody's payments from a few addresses.
  if (path === '/api/v1/payments/webhook') return { key: `webhook ${address}`, max: perMinute.webhooks };
  const account = request.account?.id;
  if (request.method === 'POST' && path?.endsWith('/slot-reservations'))
    return { key: `reserve ${account ?? address}`, max: perMinute.reservations };
  if (account === undefined) return { key: `address ${address}`, max: perMinute.address };
  if (request.method === 'POST' && path === '/api/v1/appointments')
    return { key: `book ${account}`, max: perMinute.bookings };
  if (request.method === 'PUT' && path?.endsWith('/me/photo'))
    return { key: `photo ${account}`, max: perMinute.photos };
  return isRead(request)
    ? { key: `read ${account}`, max: perMinute.accountReads }
    : { key: `write ${account}`, max: perMinute.accountWrites };
}

/**
 * Counts after authentication, so that people behind one address do not share one quota, and before the body, so that who
 * sends it slowly is counted from the beginning.
 * @returns counts a request of a route outside of this scope with the others
 */
export async function limitRates(fastify: FastifyInstance): Promise<preParsingAsyncHookHandler> {
  await fastify.register(rateLimit, {
    hook: 'preParsing',
    timeWindow: MINUTE_MS,
    cache: 20_000,
    keyGenerator: (request) => quotaOf(request).key,
    max: (request) => quotaOf(request).max,
    errorResponseBuilder: (_request, { ttl }) => new TooManyRequests(Math.max(1, Math.ceil(ttl / 1000))),
  });
  return fastify.rateLimit() as unknown as preParsingAsyncHookHandler;
}
