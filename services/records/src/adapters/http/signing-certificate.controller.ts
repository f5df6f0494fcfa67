import { Controller, Delete, Get, Headers, HttpCode, Put, Req, UnsupportedMediaTypeException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { AccountSubject } from '@medflow/access';
import { Choice, Instant, May, Requester, Text } from '@medflow/service-kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { access } from '../../access.js';
import { SigningCertificates, type UsedCertificate } from '../../domain/papers.js';
import { Clock } from '../../domain/ports.js';

const PKCS12 = 'application/x-pkcs12';
/** A key and a chain of three certificates take a tenth of it. */
const MAX_BYTES = 64 * 1024;
const PASSPHRASE = 'x-certificate-passphrase';

export class SigningCertificateView {
  @Choice(['installation', 'doctor'], { description: 'Whose it is' }) signedWith!: 'installation' | 'doctor';
  @Text({ max: 1_000, min: 0, multiline: true }) subject!: string;
  @Text({ max: 1_000, min: 0, multiline: true }) issuer!: string;
  @Instant() validFrom!: string;
  @Instant() validUntil!: string;
}

/** Its own type, so that no other route reads such a body. */
export function takeCertificates(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  fastify.addContentTypeParser(
    PKCS12,
    { parseAs: 'buffer', bodyLimit: MAX_BYTES },
    async (_: unknown, body: Buffer) => body,
  );
}

/** Percent-encoded: headers hold no other letters than ASCII. */
function passphraseOf(header: string | undefined): string {
  try {
    return decodeURIComponent(header ?? '');
  } catch {
    return header ?? '';
  }
}

@ApiTags('records')
@Controller('doctors/me/signing-certificate')
export class SigningCertificateController {
  constructor(
    private readonly certificates: SigningCertificates,
    private readonly clock: Clock,
  ) {}

  /** Papers that the doctor writes are signed with it from then on. */
  @Put()
  @May(access, 'give', 'signing-certificate')
  @ApiConsumes(PKCS12)
  @ApiBody({ required: true, schema: { type: 'string', format: 'binary' } })
  @ApiHeader({ name: 'X-Certificate-Passphrase', required: false, description: 'Percent-encoded UTF-8' })
  @ApiOkResponse({ type: SigningCertificateView })
  async give(
    @Requester() { id }: AccountSubject,
    @Req() { body }: FastifyRequest,
    @Headers(PASSPHRASE) passphrase: string | undefined,
  ): Promise<SigningCertificateView> {
    if (!Buffer.isBuffer(body)) throw new UnsupportedMediaTypeException();
    return viewOf(await this.certificates.give(id, body, passphraseOf(passphrase), this.clock.now()));
  }

  @Get()
  @May(access, 'read', 'signing-certificate')
  @ApiOkResponse({ type: SigningCertificateView })
  async read(@Requester() { id }: AccountSubject): Promise<SigningCertificateView> {
    return viewOf(await this.certificates.of(id, this.clock.now()));
  }

  /** Papers are signed with the installation's own again. */
  @Delete()
  @HttpCode(204)
  @May(access, 'take-away', 'signing-certificate')
  @ApiNoContentResponse()
  async takeAway(@Requester() { id }: AccountSubject): Promise<void> {
    await this.certificates.takeAway(id);
  }
}

const viewOf = ({ signedWith, subject, issuer, validFrom, validUntil }: UsedCertificate): SigningCertificateView => ({
  ...{ signedWith, subject, issuer },
  ...{ validFrom: validFrom.toISOString(), validUntil: validUntil.toISOString() },
});
