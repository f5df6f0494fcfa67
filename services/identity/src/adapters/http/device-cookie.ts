import type { FastifyReply, FastifyRequest } from 'fastify';
import { attributes } from './refresh-cookie.js';

const NAME = 'medflow_device';
const YEAR_SECONDS = 365 * 86_400;

/** Tells a browser in which somebody has signed in from those in which nobody has; it gives no access to anything. */
export const deviceCookie = {
  read: (request: FastifyRequest): string | undefined => request.cookies[NAME],
  set: (request: FastifyRequest, reply: FastifyReply, text: string) =>
    reply.setCookie(NAME, text, { ...attributes(request), maxAge: YEAR_SECONDS }),
};
