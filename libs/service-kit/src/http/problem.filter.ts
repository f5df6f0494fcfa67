import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DatabaseUnavailable, isOutage } from '../mongo/outage.js';
import { localeOf } from './locale.js';
import type { Messages } from './messages.js';
import { type CodedError, problemOf, statusOf } from './problem.js';

const codes: Readonly<Record<number, string>> = {
  400: 'malformed-request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  408: 'request-timeout',
  413: 'body-too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
  503: 'service-unavailable',
};

const isCoded = (error: unknown): error is CodedError => {
  const { code, kind } = error as Partial<CodedError>;
  return typeof code === 'string' && typeof kind === 'string' && kind in statusOf;
};

/** Turns whatever was thrown into problem+json. Never a stack trace, never a 500 for bad input. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  /** @param publicUrl of the installation, whose pages explain the problems */
  constructor(
    private readonly messages: Messages,
    private readonly publicUrl?: string,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (reply.sent) return;
    const status = this.statusOf(error);
    const coded = isCoded(error) ? error : undefined;
    const code = coded?.code ?? codes[status] ?? (status < 500 ? 'malformed-request' : 'internal-error');
    // A field that does not exist is more telling than that the form is not valid.
    request.refusal = coded?.faults?.some((fault) => fault.code === 'unknown-field') ? 'unknown-field' : code;
    // That the database is gone is said once, by who noticed.
    if (status >= 500 && !(error instanceof DatabaseUnavailable))
      this.logger.error({ err: error, requestId: request.id, url: request.url.split('?')[0] }, 'request failed');
    const seconds = coded?.retryAfterSeconds;
    if (seconds !== undefined) reply.header('retry-after', String(Math.max(1, Math.ceil(seconds))));
    if (status === 503) reply.header('retry-after', '2');
    void reply
      .status(status)
      .header('cache-control', 'no-store')
      .type('application/problem+json')
      .send(
        JSON.stringify(
          problemOf(
            status,
            code,
            {
              instance: request.url.split('?')[0] ?? '/',
              requestId: request.id,
              locale: localeOf(request.headers['accept-language']),
              messages: this.messages,
              publicUrl: this.publicUrl,
            },
            coded,
          ),
        ),
      );
  }

  private statusOf(error: unknown): number {
    if (isCoded(error)) return statusOf[error.kind];
    if (error instanceof HttpException) return error.getStatus();
    // Fastify's own refusals: unreadable JSON, wrong media type, body too large.
    const { statusCode } = error as { statusCode?: number };
    if (statusCode && statusCode >= 400 && statusCode < 500) return statusCode;
    return isOutage(error) ? 503 : 500;
  }
}
