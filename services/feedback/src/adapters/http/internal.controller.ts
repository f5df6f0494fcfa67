import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { May } from '@medflow/service-kit';
import { access } from '../../access.js';
import { ReadReviewsHandler } from '../../application/read-reviews.js';
import { FiguresQuery, ShortListQuery } from './feedback.dto.js';
import { checkPeriod, doctorView, personView } from './views.js';

/** For the gateway's dashboards; it routes nothing here. */
@ApiExcludeController()
@Controller('internal')
export class InternalController {
  constructor(private readonly reading: ReadReviewsHandler) {}

  /** Completed visits without a review, newest first. */
  @Get('feedback/patients/:patientId/to-rate')
  @May(access, 'read-visits', 'figures')
  async toRate(@Param('patientId') patientId: string, @Query() { limit = 20 }: ShortListQuery) {
    const visits = await this.reading.toRate(patientId, limit);
    const items = visits.map(({ visit, doctor }) => ({
      appointmentId: visit.appointmentId,
      doctor: personView(doctor),
      startsAt: visit.startsAt.toISOString(),
    }));
    return { items };
  }

  /** As the doctor reads them, newest first. */
  @Get('feedback/doctors/:doctorId/latest')
  @May(access, 'read-latest', 'figures')
  async latest(@Param('doctorId') doctorId: string, @Query() { limit = 20 }: ShortListQuery) {
    return { items: (await this.reading.latest(doctorId, limit)).map(doctorView) };
  }

  /** Of the period: its average (null when nobody rated), its reviews, and each local day with one. */
  @Get('figures/doctors/:doctorId')
  @May(access, 'read', 'figures')
  async figures(@Param('doctorId') doctorId: string, @Query() { from, to }: FiguresQuery) {
    checkPeriod({ from, to });
    return this.reading.figures(doctorId, from, to);
  }
}
