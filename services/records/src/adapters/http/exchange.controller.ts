import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { AccountSubject } from '@medflow/access';
import { Idempotent, May, Requester } from '@medflow/service-kit';
import type { FastifyReply } from 'fastify';
import { access } from '../../access.js';
import { ExportRecordHandler } from '../../application/export-record.js';
import { ImportBundleHandler } from '../../application/import-bundle.js';
import { ShareRecordHandler } from '../../application/share-record.js';
import { Installation } from '../../domain/exchange.js';
import { FHIR_JSON } from '../../domain/fhir/fhir.js';
import { Clock } from '../../domain/ports.js';
import {
  ExportQuery,
  ImportQuery,
  ImportView,
  SharedLinkBody,
  SharedLinksView,
  SharedLinkView,
} from './exchange.dto.js';
import { importView, linkView } from './exchange-views.js';
import { FhirBody, TakesFhir } from './fhir-body.js';
import { asked } from './whose.js';

/** What patients take along, bring and share. */
@ApiTags('records')
@Controller('patients/me/record')
export class ExchangeController {
  constructor(
    private readonly exporting: ExportRecordHandler,
    private readonly importing: ImportBundleHandler,
    private readonly sharing: ShareRecordHandler,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  /** The whole record: for machines as an International Patient Summary (HL7 IPS, FHIR R4), for people as PDF. */
  @Get('export')
  @May(access, 'export', 'record')
  @ApiProduces(FHIR_JSON, 'application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async export(
    @Requester() by: AccountSubject,
    @Query() { format = 'fhir' }: ExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const of = asked(by, 'me');
    const file =
      format === 'pdf'
        ? await this.exporting.pdf(of)
        : Buffer.from(JSON.stringify(await this.exporting.fhir(of)), 'utf8');
    const name = `medflow-${this.clock.now().toISOString().slice(0, 10)}.${format === 'pdf' ? 'pdf' : 'json'}`;
    void reply.header('content-disposition', `attachment; filename="${name}"`).header('cache-control', 'no-store');
    return new StreamableFile(file, { type: format === 'pdf' ? 'application/pdf' : FHIR_JSON, length: file.length });
  }

  /** A FHIR R4 Bundle of any type. Nothing in it is executed or fetched; sent again, it changes nothing. */
  @Post('import')
  @HttpCode(200)
  @May(access, 'import', 'record')
  @TakesFhir()
  @ApiOkResponse({ type: ImportView })
  async import(
    @Requester() by: AccountSubject,
    @Query() { dryRun }: ImportQuery,
    @FhirBody() json: unknown,
  ): Promise<ImportView> {
    const of = asked(by, 'me');
    if (dryRun === 'true') return importView(await this.importing.preview(of, json), true);
    return importView(await this.importing.execute(of, json), false);
  }

  /** SMART Health Links, newest first. */
  @Get('links')
  @May(access, 'share', 'record')
  @ApiOkResponse({ type: SharedLinksView })
  async links(@Requester() by: AccountSubject): Promise<SharedLinksView> {
    const links = await this.sharing.list(asked(by, 'me'));
    return { items: links.map((link) => linkView(link, this.installation, this.clock.now())) };
  }

  /** Shares the record as it is now. */
  @Post('links')
  @May(access, 'share', 'record')
  @Idempotent({ transaction: false })
  @ApiCreatedResponse({ type: SharedLinkView })
  async share(@Requester() by: AccountSubject, @Body() body: SharedLinkBody): Promise<SharedLinkView> {
    const { label, passcode } = body;
    const link = await this.sharing.share(asked(by, 'me'), {
      expiresAt: new Date(body.expiresAt),
      ...(label && { label }),
      ...(passcode && { passcode }),
    });
    return linkView(link, this.installation, this.clock.now());
  }

  @Delete('links/:linkId')
  @HttpCode(204)
  @May(access, 'share', 'record')
  @ApiNoContentResponse()
  async revoke(@Requester() by: AccountSubject, @Param('linkId') linkId: string): Promise<void> {
    await this.sharing.revoke(asked(by, 'me'), linkId);
  }
}
