import { Readable } from 'node:stream';
import { Controller, Get, Headers, Param, Post, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { AccountSubject } from '@medflow/access';
import { May, Requester } from '@medflow/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { access } from '../../access.js';
import { AddDocumentHandler } from '../../application/add-document.js';
import { ReadDocumentHandler } from '../../application/read-document.js';
import { RangeNotSatisfiable } from '../../domain/errors.js';
import { fileTypes } from '../../domain/files.js';
import { byteRangeOf } from './byte-range.js';
import { FormUpload, NoForm, TakesDocument } from './multipart.js';
import { EntryView } from './records.dto.js';
import { entryView } from './views.js';
import { asked, onceInCare } from './whose.js';

const binary = { schema: { type: 'string', format: 'binary' } } as const;
const extensions: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
};

/** What somebody sent is shown by no browser as a page of ours, and kept by none. */
export const untrusted = {
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
} as const;

@ApiTags('records')
@Controller('patients/:patientId/record/documents')
export class DocumentsController {
  constructor(
    private readonly adding: AddDocumentHandler,
    private readonly reading: ReadDocumentHandler,
  ) {}

  /** A PDF up to 100 MB, or a JPEG, PNG or WebP picture up to 25 MB and 50 million pixels, told by its content. */
  @Post()
  @May(access, 'add-document', 'record')
  @TakesDocument()
  @ApiCreatedResponse({ type: EntryView })
  async add(
    @Requester() by: AccountSubject,
    @Param('patientId') patientId: string,
    @Req() { body, headers }: FastifyRequest,
  ): Promise<EntryView> {
    const upload = body instanceof Readable ? new FormUpload(body, headers) : new NoForm();
    try {
      const { entry, people } = await this.adding.add(asked(by, patientId), upload);
      return entryView(entry, people);
    } catch (error) {
      upload.leave();
      throw error;
    }
  }

  /** The bytes, or with `Range` a part of them. */
  @Get(':entryId')
  @May(access, 'read', 'record')
  @ApiHeader({ name: 'Range', required: false, description: 'One part: `bytes=0-1023`' })
  @ApiOkResponse({ content: Object.fromEntries(fileTypes.map((type) => [type, binary])) })
  async read(
    @Requester() by: AccountSubject,
    @Param('patientId') patientId: string,
    @Param('entryId') entryId: string,
    @Headers('range') wanted: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const of = asked(by, patientId);
    const { file, range, content } = await onceInCare(of, () =>
      this.reading.read(of, entryId, (bytes) => byteRangeOf(wanted, bytes)),
    ).catch((error: Error) => {
      if (error instanceof RangeNotSatisfiable) void reply.header('content-range', `bytes */${error.bytes}`);
      throw error;
    });
    void reply.headers({ ...untrusted, 'accept-ranges': 'bytes' });
    const { from, to } = range ?? { from: 0, to: file.bytes };
    if (range) void reply.status(206).header('content-range', `bytes ${from}-${to - 1}/${file.bytes}`);
    const shown = file.mediaType.startsWith('image/') ? 'inline' : 'attachment';
    return new StreamableFile(content as Readable, {
      type: file.mediaType,
      length: to - from,
      disposition: `${shown}; filename="document-${entryId.slice(-8)}.${extensions[file.mediaType] ?? 'bin'}"`,
    });
  }
}
