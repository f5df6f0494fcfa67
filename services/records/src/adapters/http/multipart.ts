import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes, ApiExtension } from '@nestjs/swagger';
import { applyDecorators, UnsupportedMediaTypeException } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Upload } from '../../application/add-document.js';
import { FileTooLarge, InvalidEntry } from '../../domain/errors.js';
import { MAX_FILE_BYTES } from '../../domain/files.js';
import { LABEL_MAX } from './records.dto.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its body is a form with a file, read as it comes. */
    takesForm?: boolean;
  }
}

/** Boundaries, the heads of the parts and the label. */
const FORM_BYTES = 64 * 1024;
const FIELD_BYTES = 4 * LABEL_MAX;

/** Its body is `multipart/form-data` with `file` and `label`, and nothing of it is kept in memory. */
export const TakesDocument = (): MethodDecorator =>
  applyDecorators(
    RouteConfig({ takesForm: true }),
    ApiConsumes('multipart/form-data'),
    ApiBody({
      required: true,
      schema: {
        type: 'object',
        required: ['file', 'label'],
        properties: {
          file: { type: 'string', format: 'binary', description: 'PDF, JPEG, PNG or WebP' },
          label: { type: 'string', minLength: 1, maxLength: LABEL_MAX },
        },
      },
    }),
    ApiExtension('x-medflow-max-body-bytes', MAX_FILE_BYTES + FORM_BYTES),
    ApiExtension('x-medflow-streamed-body', true),
  );

/** Forms go to their routes unread; other routes refuse them as before. */
export function takeForms(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  fastify.addContentTypeParser('multipart/form-data', async (request: FastifyRequest, payload: IncomingMessage) => {
    if (!request.routeOptions.config.takesForm) throw new UnsupportedMediaTypeException();
    return payload;
  });
}

/** The sender went away, or what came is no form. */
class BrokenForm extends Error {
  readonly code = 'malformed-request';
  readonly kind = 'unreadable';
}

/** A form that is being read. Each part waits until somebody reads it, and the sender with it. */
export class FormUpload implements Upload {
  private readonly fileCame: Promise<Readable>;
  private readonly read: Promise<void>;
  private given: string | undefined;
  private tooLarge = false;

  constructor(
    private readonly payload: Readable,
    headers: Record<string, unknown>,
  ) {
    const form = formOf(headers);
    let stream: Readable | undefined;
    let fail!: (error: Error) => void;
    this.fileCame = new Promise((resolve, reject) => {
      form.on('file', (name, file) => {
        if (name !== 'file' || stream) return void file.resume();
        stream = file as unknown as Readable;
        file.on('limit', () => (this.tooLarge = true));
        resolve(stream);
      });
      form.on('finish', () => reject(new InvalidEntry('file', 'required')));
      fail = (error) => {
        stream?.destroy(error);
        reject(error);
      };
    });
    this.read = new Promise((resolve, reject) => {
      form.on('field', (name, value) => void (name === 'label' && (this.given = value)));
      form.on('finish', resolve);
      const broken = (error: Error) => {
        fail(new BrokenForm(error.message));
        reject(new BrokenForm(error.message));
      };
      form.on('error', broken as never);
      payload.on('error', broken);
      payload.on('close', () => payload.readableEnded || broken(new Error('it is cut off')));
      payload.on('aborted', () => broken(new Error('it is cut off')));
    });
    // Whoever gave up before does not wait for them.
    this.fileCame.catch(() => undefined);
    this.read.catch(() => undefined);
    payload.pipe(form);
  }

  async file(): Promise<AsyncIterable<Uint8Array>> {
    return this.whole(await this.fileCame);
  }

  async label(): Promise<string> {
    await this.read;
    const label = this.given?.trim() ?? '';
    if (label === '') throw new InvalidEntry('label', 'required');
    if (label.length > LABEL_MAX) throw new InvalidEntry('label', 'too-long');
    return label;
  }

  /** What nobody wants is let go, lest the sender wait for ever. */
  leave(): void {
    this.payload.unpipe().resume();
  }

  private async *whole(file: Readable): AsyncGenerator<Uint8Array> {
    yield* file;
    if (this.tooLarge) throw new FileTooLarge(MAX_FILE_BYTES);
  }
}

/** Refused once it is known that the record may be written to: who may not learns nothing else. */
export class NoForm implements Upload {
  file(): Promise<never> {
    return Promise.reject(new UnsupportedMediaTypeException());
  }

  label(): Promise<never> {
    return this.file();
  }

  leave(): void {}
}

function formOf(headers: Record<string, unknown>): BusboyInstance {
  try {
    return new Busboy({
      headers: headers as BusboyHeaders,
      limits: { files: 1, fields: 4, parts: 6, fileSize: MAX_FILE_BYTES, fieldSize: FIELD_BYTES, headerPairs: 20 },
    });
  } catch (error) {
    throw new BrokenForm((error as Error).message);
  }
}
