import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  Account,
  Anyone,
  ApiIfMatch,
  type CurrentAccount,
  For,
  IfMatch,
  retryUntilKnown,
  Versioned,
} from '@medflow/service-kit';
import { FindSlotsHandler } from '../../application/find-slots.js';
import { AvailabilityHandler, type VersionedPlan } from '../../application/publish-availability.js';
import { AvailabilityBody, AvailabilityView, SlotList, SlotsQuery } from './availability.dto.js';
import { periodOf, slotView } from './views.js';

const availabilityView = ({ plan, version }: VersionedPlan) => ({ ...plan, version }) as unknown as AvailabilityView;

@ApiTags('scheduling')
@Controller('doctors')
export class AvailabilityController {
  constructor(
    private readonly availability: AvailabilityHandler,
    private readonly slots: FindSlotsHandler,
  ) {}

  @Get('me/availability')
  @For('doctor')
  @Versioned()
  @ApiOkResponse({ type: AvailabilityView })
  async read(@Account() account: CurrentAccount): Promise<AvailabilityView> {
    return availabilityView(await this.availability.read(account.id));
  }

  @Put('me/availability')
  @For('doctor')
  @Versioned()
  @ApiIfMatch()
  @ApiOkResponse({ type: AvailabilityView })
  async publish(
    @Account() account: CurrentAccount,
    @Body() { version: _, ...plan }: AvailabilityBody,
    @IfMatch() expected: number | undefined,
  ): Promise<AvailabilityView> {
    return availabilityView(await this.availability.publish(account.id, plan, expected));
  }

  @Get(':id/slots')
  @Anyone()
  @ApiOkResponse({ type: SlotList })
  async free(
    @Param('id') doctorId: string,
    @Query() query: SlotsQuery,
    @Account() account?: CurrentAccount,
  ): Promise<SlotList> {
    const period = periodOf(query);
    // That they are published may be a moment away for the doctor themselves; nobody else comes so soon.
    const wait = { accountId: account?.id, isOwn: account?.id === doctorId };
    const { slots, plan } = await retryUntilKnown(() => this.slots.execute({ doctorId, ...period }), wait);
    const { payment, autoAccept, cancellation } = plan;
    const { cutoffHours, tiers } = cancellation;
    return {
      terms: { payment, autoAccept, cancellation: { cutoffHours, tiers: [...tiers] } },
      items: slots.map(slotView),
      nextCursor: null,
    };
  }
}
