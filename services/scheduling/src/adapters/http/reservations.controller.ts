import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { May } from '@medflow/service-kit';
import { access } from '../../access.js';
import { ReserveSlotHandler } from '../../application/reserve-slot.js';
import { ReservationBody, ReservationView } from './reservations.dto.js';
import { slotView, withAlternatives } from './views.js';

@ApiTags('scheduling')
@Controller('doctors')
export class ReservationsController {
  constructor(private readonly reservations: ReserveSlotHandler) {}

  @Post(':id/slot-reservations')
  @May(access, 'reserve', 'slot')
  @ApiCreatedResponse({ type: ReservationView })
  async reserve(
    @Param('id') doctorId: string,
    @Body() { slotId, reservation: previous }: ReservationBody,
  ): Promise<ReservationView> {
    try {
      const { id, slot, until } = await this.reservations.execute(doctorId, slotId, previous);
      return { id, slot: slotView(slot), until: until.toISOString() };
    } catch (error) {
      throw withAlternatives(error);
    }
  }

  /** Whoever knows the id may; of one that is over nothing is left to be done. */
  @Delete(':id/slot-reservations/:reservationId')
  @May(access, 'reserve', 'slot')
  @HttpCode(204)
  @ApiNoContentResponse()
  release(@Param('id') doctorId: string, @Param('reservationId') id: string): Promise<void> {
    return this.reservations.release(doctorId, id);
  }
}
