import {
  applyDecorators,
  type CallHandler,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';

/** The resource changed since the caller read it (412). */
export class VersionMismatch extends Error {
  readonly code = 'version-mismatch';
  readonly kind = 'precondition';
}

@Injectable()
class EtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      map((body: { version?: number } | undefined) => {
        if (body?.version !== undefined)
          context.switchToHttp().getResponse<FastifyReply>().header('etag', `"${body.version}"`);
        return body;
      }),
    );
  }
}

/** The answer's `version` is also its `ETag`. */
export const Versioned = () => applyDecorators(UseInterceptors(EtagInterceptor));

const ifMatch = createParamDecorator((_: unknown, context: ExecutionContext): number | undefined => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (header === undefined || header.trim() === '*') return undefined;
  const version = /^(?:W\/)?"?(\d+)"?$/.exec(header.trim())?.[1];
  // Something that is no ETag of ours matches no version.
  return version === undefined ? -1 : Number(version);
});

/** Version that the caller insists on (`If-Match`), or undefined when any will do. Compare with {@link checkVersion}. */
export const IfMatch = () => ifMatch();

export const ApiIfMatch = () => ApiHeader({ name: 'If-Match', required: false, schema: { type: 'string' } });

/** @throws VersionMismatch */
export function checkVersion(expected: number | undefined, actual: number): void {
  if (expected !== undefined && expected !== actual) throw new VersionMismatch(`version is ${actual}, not ${expected}`);
}
