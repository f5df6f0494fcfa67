import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { May } from '@medflow/service-kit';
import { access } from '../../access.js';
import { type Connection, PassSignalsHandler } from '../../application/pass-signals.js';
import { NoVisit } from '../../domain/visit-errors.js';
import { type ConnectionBody, PresenceBody, SeatBody, SignalBody } from './visits.dto.js';

/** For the gateway's hub, which knows its connections and nothing of visits. */
@ApiExcludeController()
@Controller('internal/visits')
export class InternalVisitsController {
  constructor(private readonly signals: PassSignalsHandler) {}

  /** Whom the secret of a third seat lets in. */
  @Post('seats')
  @HttpCode(200)
  @May(access, 'connect', 'signals')
  seat(@Body() { seat }: SeatBody) {
    return this.signals.seat(seat);
  }

  @Post(':appointmentId/presence')
  @HttpCode(204)
  @May(access, 'connect', 'signals')
  async presence(@Param('appointmentId') appointmentId: string, @Body() body: PresenceBody): Promise<void> {
    const { device, online } = body;
    await this.signals.presence(connectionOf(body), { appointmentId, device, online });
  }

  @Post(':appointmentId/signals')
  @HttpCode(204)
  @May(access, 'connect', 'signals')
  async signal(@Param('appointmentId') appointmentId: string, @Body() body: SignalBody): Promise<void> {
    const { device, to, data } = body;
    await this.signals.signal(connectionOf(body), { appointmentId, device, to, data });
  }
}

/** @throws NoVisit where the hub says neither */
function connectionOf({ accountId, role, seat }: ConnectionBody): Connection {
  if (seat !== undefined) return { secret: seat };
  if (accountId === undefined || role === undefined) throw new NoVisit('nobody is named');
  return { account: { id: accountId, role, addressProven: true } };
}
