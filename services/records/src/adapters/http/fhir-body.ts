import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { type NestFastifyApplication, RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes, ApiExtension } from '@nestjs/swagger';
import { jsonBody } from '@medflow/service-kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { FHIR_JSON } from '../../domain/fhir/fhir.js';
import { MAX_NESTING } from '../../domain/fhir/nesting.js';

export const MAX_BUNDLE_BYTES = 5 * 1024 * 1024;

/** Its body is FHIR as JSON, of whatever content. */
export const TakesFhir = (): MethodDecorator =>
  applyDecorators(
    RouteConfig({ takes: [FHIR_JSON] }),
    ApiConsumes(FHIR_JSON, 'application/json'),
    ApiBody({ required: true, schema: { type: 'object', additionalProperties: true } }),
    ApiExtension('x-medflow-max-body-bytes', MAX_BUNDLE_BYTES),
  );

/** As it came: what it means is judged where it is read. */
export const FhirBody = createParamDecorator(
  (_: unknown, context: ExecutionContext): unknown => context.switchToHttp().getRequest<FastifyRequest>().body,
);

/** For services with routes that take FHIR; their other routes refuse it (415). */
export function readFhir(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  fastify.addHook('onRoute', (route) => {
    if (route.config?.takes?.includes(FHIR_JSON)) route.bodyLimit = MAX_BUNDLE_BYTES;
  });
  const options = { parseAs: 'buffer', bodyLimit: MAX_BUNDLE_BYTES } as const;
  fastify.addContentTypeParser(FHIR_JSON, options, async (request: FastifyRequest, body: Buffer) => {
    if (!request.routeOptions.config.takes?.includes(FHIR_JSON)) throw new UnsupportedMediaTypeException();
    return jsonBody(body, MAX_NESTING);
  });
}
