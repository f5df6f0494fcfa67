import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';

/** Fields whose values must never reach a log line. */
const redact = ['*.password', '*.token', '*.accessToken', '*.authorization', 'req.headers', '*.cookie', '*.email'];

/** JSON lines on standard output; `LOG_LEVEL` is pino's (default `info`). */
export function createLogger(service: string, level = 'info'): LoggerService {
  const logger: Logger = pino({ name: service, level, redact, base: { service } });
  const write =
    (method: 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal') =>
    (message: unknown, ...rest: unknown[]) => {
      const context = rest.length > 0 && typeof rest.at(-1) === 'string' ? rest.at(-1) : undefined;
      if (message instanceof Error) logger[method]({ context, err: message }, message.message);
      else if (typeof message === 'object')
        logger[method]({ context, ...message }, typeof rest[0] === 'string' && rest.length > 1 ? rest[0] : undefined);
      else
        logger[method](
          { context, ...(method === 'error' && rest.length > 1 ? { stack: rest[0] } : {}) },
          String(message),
        );
    };
  return {
    log: write('debug'),
    error: write('error'),
    warn: write('warn'),
    debug: write('debug'),
    verbose: write('trace'),
    fatal: write('fatal'),
  };
}
