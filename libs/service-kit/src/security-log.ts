import { SetMetadata } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { destination, pino } from 'pino';
import { networkOf } from './http/network.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the request is about to do that concerns security, in words of {@link SecurityAct}. */
    securityAct?: SecurityAct;
    /** The code of the problem that it was answered with. */
    refusal?: string;
    /** Whose account the request concerns, where no token says so. */
    concerns?: string;
  }
}

export type SecurityAct =
  | 'sign-up'
  | 'sign-in'
  | 'sign-out'
  | 'session-end'
  | 'password-change'
  | 'password-forgotten'
  | 'password-reset'
  | 'email-verification'
  | 'account-suspension'
  | 'account-reinstatement'
  | 'licence-decision';

export const SECURITY_ACT = 'medflow:security-act';

/** Attempts of this act are written down, whether they succeed or not. */
export const Audited = (act: SecurityAct) => SetMetadata(SECURITY_ACT, act);

/** Refusals that tell of an attempt on somebody's account, data or patience; what people mistype is none. */
const TELLING = new Set([400, 401, 403, 408, 413, 429]);

const isTelling = (request: FastifyRequest, status: number): boolean =>
  request.refusal === 'unknown-field' ||
  // Everybody's first request comes without a token.
  (TELLING.has(status) && !(request.refusal === 'unauthenticated' && request.headers.authorization === undefined));

/**
 * Writes down who did, or tried, what concerns security: JSON lines with `log: "security"`, on standard output or to the
 * file that `MEDFLOW_SECURITY_LOG` names. Neither tokens nor passwords nor addresses of mail; of network addresses the
 * network that limits count by.
 */
export function logSecurity(
  fastify: FastifyInstance,
  service: string,
  { LOG_LEVEL = 'info', MEDFLOW_SECURITY_LOG: file }: Readonly<Record<string, string | undefined>>,
): void {
  const options = { base: { service, log: 'security' }, level: file ? 'info' : LOG_LEVEL };
  const log = file ? pino(options, destination({ dest: file, append: true, mkdir: true, sync: true })) : pino(options);
  fastify.addHook('onResponse', (request, reply, done) => {
    const { statusCode: status } = reply;
    const { securityAct: act, refusal } = request;
    if (act !== undefined || (refusal !== undefined && isTelling(request, status))) {
      log.info({
        act,
        outcome: status < 400 ? 'done' : 'refused',
        status,
        code: refusal,
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        account: request.account?.id ?? request.concerns,
        role: request.account?.role,
        network: networkOf(request.ip),
        requestId: request.id,
      });
    }
    done();
  });
}
