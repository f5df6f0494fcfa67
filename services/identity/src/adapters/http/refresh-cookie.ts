import type { FastifyReply, FastifyRequest } from 'fastify';
import { REFRESH_TOKEN_DAYS } from '../../domain/session.js';
import '@fastify/cookie';

const NAME = 'medflow_refresh';

/** Out of reach of scripts and of other sites, and sent to the sign-in routes only. */
export const attributes = (request: FastifyRequest) =>
  ({ httpOnly: true, sameSite: 'strict', path: '/api/v1/auth', secure: request.protocol === 'https' }) as const;

export const refreshCookie = {
  read: (request: FastifyRequest): string | undefined => request.cookies[NAME],
  set: (request: FastifyRequest, reply: FastifyReply, token: string) =>
    reply.setCookie(NAME, token, { ...attributes(request), maxAge: REFRESH_TOKEN_DAYS * 86_400 }),
  clear: (request: FastifyRequest, reply: FastifyReply) => reply.clearCookie(NAME, attributes(request)),
};
