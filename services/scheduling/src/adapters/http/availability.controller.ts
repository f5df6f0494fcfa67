import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { AccountSubject } from '@medflow/access';
import {
  Account,
  ApiIfMatch,
  type CurrentAccount,
  decodeCursor,
  encodeCursor,
  IfMatch,
  retryUntilKnown,
  ValidationFailed,
  Versioned,
  May,
  Requester,
} from '@medflow/service-kit';
import { access } from '../../access.js';
import { FindSlotsHandler } from '../../application/find-slots.js';
import { AvailabilityHandler, type VersionedPlan } from '../../application/publish-availability.js';
import { AvailabilityBody, AvailabilityView, DEFAULT_SLOTS, SlotList, SlotsQuery } from './availability.dto.js';
import { periodOf, slotView } from './views.js';

const availabilityView = ({ plan, version }: VersionedPlan) => ({ ...plan, version }) as unknown as AvailabilityView;

/** The start of the page's first slot. @throws ValidationFailed */
function startOf(cursor: string | undefined): Date | undefined {
  const keys = decodeCursor(cursor, 1);
  if (!keys) return undefined;
  const start = new Date(typeof keys[0] === 'number' ? keys[0] : Number.NaN);
  if (Number.isNaN(start.getTime())) throw new ValidationFailed([{ field: 'cursor', code: 'invalid' }]);
  return start;
}

@ApiTags('scheduling')
@Controller('doctors')
export class AvailabilityController {
  constructor(
    private readonly availability: AvailabilityHandler,
    private readonly slots: FindSlotsHandler,
  ) {}

  @Get('me/availability')
  @May(access, 'read', 'availability')
  @Versioned()
  @ApiOkResponse({ type: AvailabilityView })
  async read(@Account() account: CurrentAccount): Promise<AvailabilityView> {
    return availabilityView(await this.availability.read(account.id));
  }

  @Put('me/availability')
  @May(access, 'publish', 'availability')
  @Versioned()
  @ApiIfMatch()
  @ApiOkResponse({ type: AvailabilityView })
  async publish(
    @Requester() by: AccountSubject,
    @Body() { version: _, ...plan }: AvailabilityBody,
    @IfMatch() expected: number | undefined,
  ): Promise<AvailabilityView> {
    return availabilityView(await this.availability.publish(by, plan, expected));
  }

  @Get(':id/slots')
  @May(access, 'find', 'slot')
  @ApiOkResponse({ type: SlotList })
  async free(
    @Param('id') doctorId: string,
    @Query() query: SlotsQuery,
    @Account() account?: CurrentAccount,
  ): Promise<SlotList> {
    const { limit = DEFAULT_SLOTS, cursor } = query;
    const after = startOf(cursor);
    const find = { doctorId, ...periodOf(query), limit, ...(after && { after }) };
    // That they are published may be a moment away for the doctor themselves; nobody else comes so soon.
    const wait = { accountId: account?.id, isOwn: account?.id === doctorId };
    const { slots, next, plan, bookableUntil } = await retryUntilKnown(() => this.slots.execute(find), wait);
    const { payment, autoAccept, cancellation } = plan;
    const { cutoffHours, tiers } = cancellation;
    return {
      terms: { payment, autoAccept, cancellation: { cutoffHours, tiers: [...tiers] } },
      bookableUntil: bookableUntil.toISOString(),
      items: slots.map(slotView),
      nextCursor: next && encodeCursor([next.getTime()]),
    };
  }
}
