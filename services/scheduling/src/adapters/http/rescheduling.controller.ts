import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { AccountSubject } from '@medflow/access';
import { ApiIfMatch, Idempotent, IfMatch, May, Requester, Versioned } from '@medflow/service-kit';
import { access } from '../../access.js';
import { RescheduleAppointmentHandler } from '../../application/reschedule-appointment.js';
import { AppointmentView, RescheduleBody } from './appointments.dto.js';
import { targetOf } from './target.js';
import { appointmentView, withAlternatives } from './views.js';

@ApiTags('scheduling')
@Controller('appointments')
export class ReschedulingController {
  constructor(private readonly rescheduling: RescheduleAppointmentHandler) {}

  @Post(':id/reschedule')
  @May(access, 'reschedule', 'appointment')
  @HttpCode(200)
  @Idempotent()
  @Versioned()
  @ApiIfMatch()
  @ApiOkResponse({ type: AppointmentView })
  async reschedule(
    @Requester() by: AccountSubject,
    @Param('id') id: string,
    @IfMatch() version: number | undefined,
    @Body() { slotId, ...said }: RescheduleBody,
  ): Promise<AppointmentView> {
    try {
      return appointmentView(await this.rescheduling.execute(targetOf(by, id, version), slotId, said));
    } catch (error) {
      throw withAlternatives(error);
    }
  }

  @Post(':id/reschedule/accept')
  @May(access, 'answer-proposal', 'appointment')
  @HttpCode(200)
  @Idempotent()
  @Versioned()
  @ApiIfMatch()
  @ApiOkResponse({ type: AppointmentView })
  async accept(@Requester() by: AccountSubject, @Param('id') id: string, @IfMatch() version: number | undefined) {
    return appointmentView(await this.rescheduling.accept(targetOf(by, id, version)));
  }

  @Post(':id/reschedule/decline')
  @May(access, 'answer-proposal', 'appointment')
  @HttpCode(200)
  @Idempotent()
  @Versioned()
  @ApiIfMatch()
  @ApiOkResponse({ type: AppointmentView })
  async decline(@Requester() by: AccountSubject, @Param('id') id: string, @IfMatch() version: number | undefined) {
    return appointmentView(await this.rescheduling.decline(targetOf(by, id, version)));
  }
}
