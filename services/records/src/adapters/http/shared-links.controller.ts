import { createHmac, timingSafeEqual } from 'node:crypto';
import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiExtension, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { derivedSecret, May, SERVICE_CONFIG, type ServiceConfig } from '@medflow/service-kit';
import { access } from '../../access.js';
import { OpenLinkHandler } from '../../application/open-link.js';
import { NotFound } from '../../domain/errors.js';
import { Installation } from '../../domain/exchange.js';
import { FHIR_JSON } from '../../domain/fhir/fhir.js';
import { Clock } from '../../domain/ports.js';
import { ManifestBody, ManifestView } from './exchange.dto.js';

/** HL7 SMART Health Links 1.0: « short-lived, at most one hour ». */
const FILE_MS = 3_600_000;
const JOSE = 'application/jose';
/** Viewers of others, in browsers, run on other origins. */
const AnyOrigin = () => ApiExtension('x-medflow-any-origin', true);

/** The side of SMART Health Links that whoever has one sees. */
@ApiTags('records')
@Controller('shl')
export class SharedLinksController {
  constructor(
    private readonly links: OpenLinkHandler,
    private readonly installation: Installation,
    private readonly clock: Clock,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {}

  /** The manifest. Wrong passcode: 401 with `remainingAttempts`; over, revoked or closed: 404. */
  @Post(':manifestId')
  @HttpCode(200)
  @May(access, 'open', 'shared-link')
  @AnyOrigin()
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ type: ManifestView })
  async manifest(
    @Param('manifestId') manifestId: string,
    @Body() { recipient, passcode, embeddedLengthMax = Infinity }: ManifestBody,
  ): Promise<ManifestView> {
    const jwe = await this.links.open({ manifestId, recipient, ...(passcode !== undefined && { passcode }) });
    const content =
      jwe.length <= embeddedLengthMax
        ? { embedded: jwe }
        : { location: `${this.installation.manifestUrl(manifestId)}/files/${this.ticket(manifestId)}` };
    return { files: [{ contentType: FHIR_JSON, ...content }] };
  }

  /** Of a manifest that was asked for within the hour. */
  @Get(':manifestId/files/:ticket')
  @May(access, 'open', 'shared-link')
  @AnyOrigin()
  @Header('content-type', JOSE)
  @Header('cache-control', 'no-store')
  @ApiProduces(JOSE)
  @ApiOkResponse({ schema: { type: 'string' } })
  async file(@Param('manifestId') manifestId: string, @Param('ticket') ticket: string): Promise<string> {
    if (!this.isTicket(ticket, manifestId)) throw new NotFound('no such ticket, or not any more');
    return this.links.file(manifestId);
  }

  private ticket(manifestId: string, until = this.clock.now().getTime() + FILE_MS): string {
    const key = derivedSecret(this.config, 'shared link files');
    const mac = createHmac('sha256', key).update(`${manifestId}|${until}`).digest('base64url');
    return `${until}.${mac}`;
  }

  private isTicket(ticket: string, manifestId: string): boolean {
    const until = Number(/^(\d{1,15})\./.exec(ticket)?.[1]);
    if (!(until > this.clock.now().getTime())) return false;
    const expected = Buffer.from(this.ticket(manifestId, until));
    const given = Buffer.from(ticket);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}
