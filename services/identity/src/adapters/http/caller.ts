import type { FastifyRequest } from 'fastify';

/** What the caller's browser says it is, cut to what a person can read. */
export const deviceOf = (request: FastifyRequest): string =>
  (request.headers['user-agent'] ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, 256);
