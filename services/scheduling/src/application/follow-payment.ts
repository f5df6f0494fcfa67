import { Injectable } from '@nestjs/common';
import { isPaid } from '../domain/appointment.js';
import { Appointments } from '../domain/appointments.js';
import type { AppointmentState, PaymentState } from '../domain/appointment-state.js';
import { Clock } from '../domain/ports.js';
import { Practices } from '../domain/practice.js';
import { Summaries } from './summaries.js';

/** Keeps an appointment in step with its payment: a hold that is paid becomes a request, in time or, if it can, late. */
@Injectable()
export class FollowPaymentHandler {
  constructor(
    private readonly appointments: Appointments,
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
    if (appointment.isLatePayment) await this.settleLate(appointmentId, payment, now, isBarred);
    else await this.appointments.save(appointment);
  }

  /** Paid just now, for a doctor who may see nobody any more. */
  private async isForNobody({ announced, doctor }: AppointmentState, payment: PaymentState): Promise<boolean> {
    return !announced && isPaid(payment) && (await this.practices.barredSince(doctor.id)) !== undefined;
  }

  private async settleLate(appointmentId: string, payment: PaymentState, now: Date, isBarred: boolean): Promise<void> {
    const revived = await this.appointments.one(appointmentId);
    revived.learnPayment(payment, now);
    if (revived.canRevive(now) && !isBarred) {
      revived.revive(now);
      if (await this.appointments.reclaim(revived, now)) {
        this.summaries.touch(revived.state.doctor.id);
        return;
      }
    }
    const lost = await this.appointments.one(appointmentId);
    lost.learnPayment(payment, now);
    lost.loseHold(now);
    await this.appointments.save(lost);
  }
}
