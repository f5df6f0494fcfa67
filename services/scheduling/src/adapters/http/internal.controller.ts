import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Day, ValidationFailed, May } from '@medflow/service-kit';
import { access } from '../../access.js';
import { ReadAgendaHandler } from '../../application/read-agenda.js';
import { ReadFiguresHandler } from '../../application/read-figures.js';
import type { AppointmentState } from '../../domain/appointment-state.js';
import { appointmentView, personView } from './views.js';

class DaysQuery {
  @Day() from!: string;
  @Day({ description: 'Included' }) to!: string;
}

const dueView = ({ id, price, doctor, startsAt, payment, holdUntil }: AppointmentState) => ({
  appointmentId: id,
  amount: { amount: price.amount, currency: price.currency },
  doctor: personView(doctor),
  startsAt: startsAt.toISOString(),
  status: payment.status,
  ...(holdUntil && { holdUntil: holdUntil.toISOString() }),
});

/** For the gateway's dashboards; it routes nothing here. */
@ApiExcludeController()
@Controller('internal')
export class InternalController {
  constructor(
    private readonly figures: ReadFiguresHandler,
    private readonly agendas: ReadAgendaHandler,
  ) {}

  /** The doctor's local days, both ends included. */
  @Get('figures/doctors/:doctorId')
  @May(access, 'count', 'agenda')
  days(@Param('doctorId') doctorId: string, @Query() { from, to }: DaysQuery) {
    if (to < from) throw new ValidationFailed([{ field: 'to', code: 'from-after-to' }]);
    return this.figures.execute(doctorId, from, to);
  }

  @Get('appointments/doctors/:doctorId/agenda')
  @May(access, 'read', 'agenda')
  async ofDoctor(@Param('doctorId') doctorId: string) {
    const { timeZone, today, requests } = await this.agendas.ofDoctor(doctorId);
    const view = (state: AppointmentState) => appointmentView(state);
    return {
      timeZone,
      today: today.map(view),
      requests: { count: requests.count, items: requests.first.map(view) },
    };
  }

  @Get('appointments/patients/:patientId/agenda')
  @May(access, 'read', 'agenda')
  async ofPatient(@Param('patientId') patientId: string) {
    const { next, unpaid } = await this.agendas.ofPatient(patientId);
    return { next: next ? appointmentView(next) : null, paymentsDue: unpaid.map(dueView) };
  }
}
