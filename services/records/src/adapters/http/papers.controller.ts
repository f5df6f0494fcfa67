import { Controller, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { AccountSubject } from '@medflow/access';
import { Choice, May, Requester } from '@medflow/service-kit';
import type { FastifyReply } from 'fastify';
import { access } from '../../access.js';
import { IssuePaperHandler } from '../../application/issue-paper.js';
import { type PaperKind, type PaperLanguage, paperLanguages } from '../../domain/papers.js';
import { untrusted } from './documents.controller.js';
import { asked, onceInCare } from './whose.js';

export class PaperQuery {
  @Choice(paperLanguages, { optional: true, description: 'Default: the patient’s' }) lang?: PaperLanguage;
}

const pdf = { content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } } as const;

/** Signed PDFs, the same bytes at every reading. */
@ApiTags('records')
@Controller('patients/:patientId/record')
export class PapersController {
  constructor(private readonly papers: IssuePaperHandler) {}

  @Get('prescriptions/:entryId.pdf')
  @May(access, 'read', 'record')
  @ApiOkResponse(pdf)
  prescription(
    @Requester() by: AccountSubject,
    @Param('patientId') patientId: string,
    @Param('entryId') entryId: string,
    @Query() { lang }: PaperQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return this.send('prescription', { by, patientId, entryId, lang }, reply);
  }

  @Get('certificates/:entryId.pdf')
  @May(access, 'read', 'record')
  @ApiOkResponse(pdf)
  certificate(
    @Requester() by: AccountSubject,
    @Param('patientId') patientId: string,
    @Param('entryId') entryId: string,
    @Query() { lang }: PaperQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return this.send('certificate', { by, patientId, entryId, lang }, reply);
  }

  private async send(
    kind: PaperKind,
    wanted: { by: AccountSubject; patientId: string; entryId: string; lang?: PaperLanguage | undefined },
    reply: FastifyReply,
  ): Promise<StreamableFile> {
    const of = asked(wanted.by, wanted.patientId);
    const bytes = await onceInCare(of, () => this.papers.read(of, wanted.entryId, kind, wanted.lang));
    void reply.headers(untrusted);
    return new StreamableFile(bytes, {
      type: 'application/pdf',
      length: bytes.length,
      disposition: `attachment; filename="${kind}-${wanted.entryId.slice(-8)}.pdf"`,
    });
  }
}
