import { createParamDecorator, type ExecutionContext, UnsupportedMediaTypeException } from '@nestjs/common';
import { PayloadTooLargeException } from '@nestjs/common';
import { type NestFastifyApplication, RouteConfig } from '@nestjs/platform-fastify';
import { MAX_FILE_BYTES, ValidationFailed } from '@medflow/service-kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** What came in the form beside its fields. */
    sentFile?: SentFile;
  }
}

export interface SentFile {
  readonly name: string;
  readonly content: Buffer;
}

const FORM = 'multipart/form-data';
/** What surrounds the file in a form. */
const AROUND_BYTES = 64 * 1024;

export const MAX_FORM_BYTES = MAX_FILE_BYTES + AROUND_BYTES;

/** Its body may be a form with a `file`. */
export const TakesForm = (): MethodDecorator => RouteConfig({ takes: [FORM] });

/** The file of the form; undefined: there is none. */
export const FormFile = createParamDecorator(
  (_: unknown, context: ExecutionContext): SentFile | undefined =>
    context.switchToHttp().getRequest<FastifyRequest>().sentFile,
);

/** The fields of a form are its body, as they would be of JSON; its one file stands beside them. */
export function readForms(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const options = { parseAs: 'buffer', bodyLimit: MAX_FORM_BYTES } as const;
  fastify.addContentTypeParser(FORM, options, async (request: FastifyRequest, body: Buffer) => {
    if (!request.routeOptions.config.takes?.includes(FORM)) throw new UnsupportedMediaTypeException();
    const form = await formOf(request.headers['content-type']!, body);
    const fields: Record<string, string> = {};
    for (const [name, value] of form) {
      if (typeof value === 'string') fields[name] = value;
      else if (name !== 'file' || request.sentFile)
        throw new ValidationFailed([{ field: name, code: 'unknown-field' }]);
      else if (value.size > MAX_FILE_BYTES) throw new PayloadTooLargeException();
      else request.sentFile = { name: value.name, content: Buffer.from(await value.arrayBuffer()) };
    }
    return fields;
  });
}

async function formOf(type: string, body: Buffer): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  } catch (cause) {
    throw Object.assign(new Error('the form cannot be read', { cause }), { statusCode: 400 });
  }
}
