import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import { type Access, type AnyAccess, nobody, type Subject } from '@medflow/access';
import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, once the guard has looked. */
    subject?: Subject;
  }
}

/** What a route does, in words of the policies that say who may. */
export interface Step {
  readonly access: AnyAccess;
  readonly action: string;
  readonly resource: string;
  readonly forServices: boolean;
}

export const STEP = 'medflow:step';

/**
 * Who may call this route is what the policies say of the action on the resource; whether it is theirs, the handler asks
 * of the same policies once it has loaded it.
 * @throws Error at import when no policy speaks of it
 */
export function May<Resources>(
  access: Access<Resources>,
  action: string,
  resource: keyof Resources & string,
): MethodDecorator {
  const audience = access.audience(action, resource);
  return applyDecorators(
    SetMetadata(STEP, { access, action, resource, forServices: audience.includes('service') } satisfies Step),
    ApiExtension('x-medflow-access', audience),
    ApiExtension('x-medflow-may', { action, resource }),
    ...(audience.includes('anyone') ? [] : [ApiBearerAuth()]),
  );
}

/** Who asks. */
export const Requester = createParamDecorator(
  (_: unknown, context: ExecutionContext): Subject =>
    context.switchToHttp().getRequest<FastifyRequest>().subject ?? nobody,
);
