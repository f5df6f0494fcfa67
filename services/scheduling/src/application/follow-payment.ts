import { Injectable } from '@nestjs/common';
import type { Appointment } from '../domain/appointment.js';
import { Appointments } from '../domain/appointments.js';
import type { AppointmentState, PaymentState } from '../domain/appointment-state.js';
import { Clock } from '../domain/ports.js';
import { Practices } from '../domain/practice.js';
import { isPaid } from '../domain/refunds.js';
import { reclaimsTime } from '../domain/saved-changes.js';
import { EndLapsedHolds } from './end-lapsed-holds.js';
import { Summaries } from './summaries.js';

/** Keeps an appointment in step with its payment: a hold that is paid becomes a request, in time or, if it can, late. */
@Injectable()
export class FollowPaymentHandler {
  constructor(
    private readonly appointments: Appointments,
    private readonly lapsedHolds: EndLapsedHolds,
    private readonly practices: Practices,
    private readonly summaries: Summaries,
    private readonly clock: Clock,
  ) {}

  /** Within the transaction of the message: who changes the appointment at the same time repeats it. @throws NotFound */
  async execute(appointmentId: string, payment: PaymentState): Promise<void> {
    const now = this.clock.now();
    const appointment = await this.appointments.one(appointmentId);
    const isBarred = await this.isForNobody(appointment.state, payment);
    if (!appointment.learnPayment(payment, now, isBarred)) return;
    if (appointment.isLatePayment) await this.settleLate(appointment, now, isBarred);
    await this.appointments.save(appointment);
    if (reclaimsTime(appointment)) this.summaries.touch(appointment.state.doctor.id);
  }

  /** Paid just now, for a doctor who may see nobody any more. */
  private async isForNobody({ announced, doctor }: AppointmentState, payment: PaymentState): Promise<boolean> {
    return !announced && isPaid(payment) && (await this.practices.barredSince(doctor.id)) !== undefined;
  }

  private async settleLate(appointment: Appointment, now: Date, isBarred: boolean): Promise<void> {
    const isWanted = appointment.canRevive(now) && !isBarred;
    const isTimeFree = isWanted && (await this.lapsedHolds.onTimeOf(appointment.state, now));
    appointment.settleLatePayment(isTimeFree, now);
  }
}
