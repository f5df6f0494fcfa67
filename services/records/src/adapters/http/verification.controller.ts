import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Choice, Flag, Instant, May, Nested, SERVICE_CONFIG, type ServiceConfig, Text } from '@medflow/service-kit';
import { access } from '../../access.js';
import { VerifyPaperHandler } from '../../application/verify-paper.js';
import { type PaperKind, paperKinds, type SignedWith } from '../../domain/papers.js';

class IssuerView {
  @Text({ max: 300, min: 0 }) name!: string;
  @Text({ max: 100, optional: true }) licenceNumber?: string;
}

export class VerificationView {
  @Flag({ description: 'false: no paper of this installation has that code, and nothing else is said' })
  genuine!: boolean;
  @Choice(paperKinds, { optional: true }) kind?: PaperKind;
  @Nested(() => IssuerView, { optional: true }) issuedBy?: IssuerView;
  @Instant({ optional: true }) issuedAt?: string;
  @Flag({ optional: true, description: 'Its doctor took it back or wrote it anew' }) withdrawn?: boolean;
  @Choice(['installation', 'doctor'], {
    optional: true,
    description: 'Whose certificate: the installation’s proves integrity, and is no legal signature',
  })
  signedWith?: SignedWith;
  @Text({ max: 300, description: 'Where it was asked' }) installation!: string;
}

const CODE = /^[\w-]{22}$/;

@ApiTags('records')
@Controller('verify')
export class VerificationController {
  private readonly installation: string;

  constructor(
    private readonly papers: VerifyPaperHandler,
    @Inject(SERVICE_CONFIG) { env }: Pick<ServiceConfig, 'env'>,
  ) {
    this.installation = URL.canParse(env.PUBLIC_URL ?? '') ? new URL(env.PUBLIC_URL!).host : 'MedFlow';
  }

  /** Whether a paper is genuine, by whom, of when, and whether it still stands; nothing of what it says. */
  @Get(':code')
  @May(access, 'verify', 'paper')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ type: VerificationView })
  async verify(@Param('code') code: string): Promise<VerificationView> {
    const found = CODE.test(code) ? await this.papers.verify(code) : undefined;
    const { installation } = this;
    if (!found) return { genuine: false, installation };
    const { kind, issuedBy, issuedAt, signedWith } = found.paper;
    return {
      ...{ genuine: true, kind, issuedBy, issuedAt: issuedAt.toISOString() },
      ...{ withdrawn: found.withdrawn, signedWith, installation },
    };
  }
}
