import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { AccountSubject } from '@medflow/access';
import {
  ApiIfMatch,
  decodeCursor,
  encodeCursor,
  Idempotent,
  IfMatch,
  May,
  pageOf,
  Requester,
  ValidationFailed,
  Versioned,
} from '@medflow/service-kit';
import { access } from '../../access.js';
import { EmergencyAccessHandler } from '../../application/emergency-access.js';
import { ReadRecordHandler } from '../../application/read-record.js';
import { type Written, WriteEntryHandler } from '../../application/write-entry.js';
import { definitions, pressures } from '../../domain/vitals.js';
import { contentOf } from './entry-content.js';
import {
  AccessLogView,
  CorrectionBody,
  EmergencyAccessView,
  EmergencyBody,
  EntryBody,
  EntryVersionsView,
  EntryView,
  RecordQuery,
  RecordReasonBody,
  RecordView,
  VitalsQuery,
  VitalsView,
} from './records.dto.js';
import { emergencyView, entryView, lineView, summaryView } from './views.js';
import { asked, onceInCare } from './whose.js';

/** Where a list of a record goes on: before that position. @throws ValidationFailed */
function before(cursor: string | undefined): { before?: number } {
  const keys = decodeCursor(cursor, 1);
  if (!keys) return {};
  const [position] = keys;
  if (!Number.isSafeInteger(position)) throw new ValidationFailed([{ field: 'cursor', code: 'invalid' }]);
  return { before: position as number };
}

const rangeOf = (range: readonly [number, number]) => ({ from: range[0], to: range[1] });

@ApiTags('records')
@Controller('patients/:patientId/record')
export class RecordController {
  constructor(
    private readonly reading: ReadRecordHandler,
    private readonly writing: WriteEntryHandler,
    private readonly emergencies: EmergencyAccessHandler,
  ) {}

  @Get()
  @May(access, 'read', 'record')
  @ApiOkResponse({ type: RecordView })
  async read(
    @Requester() by: AccountSubject,
    @Param('patientId') patientId: string,
    @Query() { kind, q, limit = 20, cursor }: RecordQuery,
  ): Promise<RecordView> {
    const of = asked(by, patientId);
    const filter = { ...(kind && { kind }), ...(q !== undefined && { q }) };
    const page = await onceInCare(of, () => this.reading.page(of, filter, { limit, ...before(cursor) }));
    const { items, nextCursor } = pageOf([...page.entries], limit, ({ position }) => [position]);
    return { summary: summaryView(page), items: items.map(({ state }) => entryView(state, page.people)), nextCursor };
  }

  @Get('vitals')
  @May(access, 'read', 'record')
  @ApiOkResponse({ type: VitalsView })
  async vitals(
    @Requester() by: AccountSubject,
    @Param('patientId') patientId: string,
    @Query() { measure }: VitalsQuery,
  ): Promise<VitalsView> {
    const of = asked(by, patientId);
    const items = await onceInCare(of, () => this.reading.vitals(of, measure));
    const { units, reference } = definitions[measure];
    const ranges =
      measure === 'blood-pressure'
        ? { systolic: rangeOf(pressures.systolic.reference), diastolic: rangeOf(pressures.diastolic.reference) }
        : { ...(reference && { value: rangeOf(reference) }) };
    return { measure, unit: units[0]!, reference: ranges, items };
  }

  @Get('access-log')
  @May(access, 'read-access-log', 'record')
  @ApiOkResponse({ type: AccessLogView })
  async accessLog(
    @Requester() by: AccountSubject,
    @Param('patientId') patientId: string,
    @Query() { limit = 20, cursor }: RecordQuery,
  ): Promise<AccessLogView> {
    const { lines, people } = await this.reading.accessLog(asked(by, patientId), { limit, ...before(cursor) });
    const items = lines.slice(0, limit).map((line) => lineView(line, people));
    const last = items.at(-1);
    return { items, nextCursor: lines.length > limit && last ? encodeCursor([last.line]) : null };
  }

  @Post('entries')
  @May(access, 'write', 'record')
  @Idempotent()
  @Versioned()
  @ApiCreatedResponse({ type: EntryView })
  async write(
    @Requester() by: AccountSubject,
    @Param('patientId') patientId: string,
    @Body() body: EntryBody,
  ): Promise<EntryView> {
    const of = asked(by, patientId);
    const content = contentOf(body);
    return viewOf(await onceInCare(of, () => this.writing.write(of, content)));
  }

  @Get('entries/:entryId')
  @May(access, 'read', 'record')
  @Versioned()
  @ApiOkResponse({ type: EntryView })
  async entry(
    @Requester() by: AccountSubject,
    @Param('patientId') patientId: string,
    @Param('entryId') entryId: string,
  ): Promise<EntryView> {
    return viewOf(await this.reading.entry(asked(by, patientId), entryId));
  }

  /** The whole entry anew, and why; the version before stays readable. */
  @Put('entries/:entryId')
  @May(access, 'correct', 'record')
  @Versioned()
  @ApiIfMatch()
  @ApiOkResponse({ type: EntryView })
  async correct(
    @Requester() by: AccountSubject,
    @Param('patientId') patientId: string,
    @Param('entryId') entryId: string,
    @IfMatch() version: number | undefined,
    @Body() { reason, ...body }: CorrectionBody,
  ): Promise<EntryView> {
    return viewOf(await this.writing.correct(asked(by, patientId), entryId, contentOf(body), reason, version));
  }

  /** It was wrong, or is not to be used any more: it stays readable, marked so. */
  @Post('entries/:entryId/withdraw')
  @HttpCode(200)
  @May(access, 'withdraw', 'record')
  @Versioned()
  @ApiIfMatch()
  @ApiOkResponse({ type: EntryView })
  async withdraw(
    @Requester() by: AccountSubject,
    @Param('patientId') patientId: string,
    @Param('entryId') entryId: string,
    @IfMatch() version: number | undefined,
    @Body() { reason }: RecordReasonBody,
  ): Promise<EntryView> {
    return viewOf(await this.writing.withdraw(asked(by, patientId), entryId, reason, version));
  }

  @Get('entries/:entryId/versions')
  @May(access, 'read-versions', 'record')
  @ApiOkResponse({ type: EntryVersionsView })
  async versions(
    @Requester() by: AccountSubject,
    @Param('patientId') patientId: string,
    @Param('entryId') entryId: string,
  ): Promise<EntryVersionsView> {
    const { versions, people } = await this.reading.versions(asked(by, patientId), entryId);
    return { items: versions.map((version) => entryView(version, people)) };
  }

  /** For four hours, to be read only; the patient is told at once and an administrator looks at it. */
  @Post('emergency-access')
  @May(access, 'open', 'emergency-access')
  @Idempotent()
  @ApiCreatedResponse({ type: EmergencyAccessView })
  async openInEmergency(
    @Requester() by: AccountSubject,
    @Param('patientId') patientId: string,
    @Body() { reason }: EmergencyBody,
  ): Promise<EmergencyAccessView> {
    return emergencyView(await this.emergencies.open(asked(by, patientId), reason));
  }
}

const viewOf = ({ entry, people }: Written): EntryView => entryView(entry, people);
