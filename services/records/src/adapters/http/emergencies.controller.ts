import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { AccountSubject } from '@medflow/access';
import { decodeCursor, idKey, instantKey, May, pageOf, Requester } from '@medflow/service-kit';
import { access } from '../../access.js';
import { EmergencyAccessHandler } from '../../application/emergency-access.js';
import { EmergenciesQuery, EmergencyAccessesView, EmergencyAccessView, EmergencyReviewBody } from './records.dto.js';
import { emergencyView } from './views.js';

/** What administrators look at; the records stay closed to them. */
@ApiTags('records')
@Controller('admin/emergency-accesses')
export class EmergenciesController {
  constructor(private readonly emergencies: EmergencyAccessHandler) {}

  /** Longest waiting first. */
  @Get()
  @May(access, 'list', 'emergency-access')
  @ApiOkResponse({ type: EmergencyAccessesView })
  async list(@Query() { state = 'pending', limit = 20, cursor }: EmergenciesQuery): Promise<EmergencyAccessesView> {
    const keys = decodeCursor(cursor, 2);
    const after = keys && { after: { at: instantKey(keys[0]), id: idKey(keys[1]) } };
    const { accesses, people } = await this.emergencies.list(state === 'reviewed', { limit, ...after });
    const page = pageOf(accesses, limit, ({ openedAt, id }) => [openedAt.getTime(), id]);
    return { ...page, items: page.items.map((one) => emergencyView({ access: one, people })) };
  }

  @Post(':id/review')
  @HttpCode(200)
  @May(access, 'review', 'emergency-access')
  @ApiOkResponse({ type: EmergencyAccessView })
  async review(
    @Requester() by: AccountSubject,
    @Param('id') id: string,
    @Body() { verdict, comment }: EmergencyReviewBody,
  ): Promise<EmergencyAccessView> {
    return emergencyView(await this.emergencies.review(by, id, verdict, comment || undefined));
  }
}
