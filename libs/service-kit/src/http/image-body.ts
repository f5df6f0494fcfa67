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
    takesImage?: boolean;
  }
}

export const MAX_IMAGE_BYTES = 10 * 1024 * 1024;
const imageTypes = ['image/jpeg', 'image/png', 'image/webp'];

/** Its body is an image, and nothing else (415). */
export const TakesImage = (): MethodDecorator =>
  applyDecorators(
    RouteConfig({ takesImage: true }),
    ApiConsumes(...imageTypes),
    ApiBody({ required: true, schema: { type: 'string', format: 'binary' } }),
    ApiExtension('x-medflow-max-body-bytes', MAX_IMAGE_BYTES),
  );

/** The bytes, whatever they are. */
export const ImageBody = createParamDecorator((_: unknown, context: ExecutionContext): Buffer => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!Buffer.isBuffer(body)) throw new UnsupportedMediaTypeException();
  return body;
});

/** For services with routes that take images; their other routes refuse them as before. */
export function readImages(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const options = { parseAs: 'buffer', bodyLimit: MAX_IMAGE_BYTES } as const;
  fastify.addContentTypeParser(imageTypes, options, async (request: FastifyRequest, body: Buffer) => {
    if (!request.routeOptions.config.takesImage) throw new UnsupportedMediaTypeException();
    return body;
  });
}
