import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { type NestFastifyApplication, RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes, ApiExtension } from '@nestjs/swagger';
import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Media types of the file that is its body. */
    takes?: readonly string[];
  }
}

export const MAX_FILE_BYTES = 10 * 1024 * 1024;
export const imageTypes = ['image/jpeg', 'image/png', 'image/webp'];
export const documentTypes = [...imageTypes, 'application/pdf'];

/** Its body is a file of one of these types, and nothing else (415). */
export const TakesFile = (types: readonly string[]): MethodDecorator =>
  applyDecorators(
    RouteConfig({ takes: types }),
    ApiConsumes(...types),
    ApiBody({ required: true, schema: { type: 'string', format: 'binary' } }),
    ApiExtension('x-medflow-max-body-bytes', MAX_FILE_BYTES),
  );

/** The bytes, whatever they are. */
export const FileBody = createParamDecorator((_: unknown, context: ExecutionContext): Buffer => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!Buffer.isBuffer(body)) throw new UnsupportedMediaTypeException();
  return body;
});

/** For services with routes that take files; their other routes refuse them as before. */
export function readFiles(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const options = { parseAs: 'buffer', bodyLimit: MAX_FILE_BYTES } as const;
  for (const type of documentTypes) {
    fastify.addContentTypeParser(type, options, async (request: FastifyRequest, body: Buffer) => {
      if (!request.routeOptions.config.takes?.includes(type)) throw new UnsupportedMediaTypeException();
      return body;
    });
  }
}
