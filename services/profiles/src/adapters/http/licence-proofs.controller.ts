import { applyDecorators, Controller, Delete, Get, HttpCode, Param, Put, Res, StreamableFile } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Account, type CurrentAccount, documentTypes, FileBody, May, TakesFile, Versioned } from '@medflow/service-kit';
import type { FastifyReply } from 'fastify';
import { access } from '../../access.js';
import { LicenceProofHandler } from '../../application/licence-proof.js';
import { type ProofType, proofTypes } from '../../domain/licence-proof.js';
import { DoctorProfileView } from './doctors.dto.js';
import { doctorView } from './views.js';

const file = { schema: { type: 'string', format: 'binary' } } as const;
const AnswersProof = (): MethodDecorator =>
  applyDecorators(ApiOkResponse({ content: Object.fromEntries(proofTypes.map((type) => [type, file])) }));
const names: Readonly<Record<ProofType, string>> = { 'application/pdf': 'licence.pdf', 'image/webp': 'licence.webp' };

@ApiTags('profiles')
@Controller()
export class LicenceProofsController {
  constructor(private readonly proofs: LicenceProofHandler) {}

  @Put('doctors/me/licence-proof')
  @May(access, 'change', 'doctor-profile')
  @TakesFile(documentTypes)
  @Versioned()
  @ApiOkResponse({ type: DoctorProfileView })
  async replace(@Account() account: CurrentAccount, @FileBody() body: Buffer): Promise<DoctorProfileView> {
    return doctorView(await this.proofs.replace(account, body));
  }

  @Delete('doctors/me/licence-proof')
  @HttpCode(204)
  @May(access, 'change', 'doctor-profile')
  @ApiNoContentResponse()
  async remove(@Account() account: CurrentAccount): Promise<void> {
    await this.proofs.remove(account);
  }

  @Get('doctors/me/licence-proof')
  @May(access, 'read', 'doctor-profile')
  @AnswersProof()
  ofOwn(@Account() { id }: CurrentAccount, @Res({ passthrough: true }) reply: FastifyReply): Promise<StreamableFile> {
    return this.send(id, reply);
  }

  @Get('admin/doctors/:id/licence-proof')
  @ApiTags('administration')
  @May(access, 'read', 'licence')
  @AnswersProof()
  ofDoctor(@Param('id') doctorId: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<StreamableFile> {
    return this.send(doctorId, reply);
  }

  /** To be saved, never to be shown by the browser as a page of ours. */
  private async send(doctorId: string, reply: FastifyReply): Promise<StreamableFile> {
    const { type, content } = await this.proofs.read(doctorId);
    void reply.header('cache-control', 'no-store');
    const disposition = `attachment; filename="${names[type]}"`;
    return new StreamableFile(content, { type, disposition, length: content.length });
  }
}
