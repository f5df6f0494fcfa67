import { networkOf } from '@medflow/service-kit';
import type { FastifyRequest } from 'fastify';

/** What the caller's browser says it is, cut to what a person can read. */
export const deviceOf = (request: FastifyRequest): string =>
  (request.headers['user-agent'] ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, 256);

/** By which the caller's guesses are counted. */
export const addressOf = (request: FastifyRequest): string => networkOf(request.ip);
