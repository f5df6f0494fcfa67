import { Injectable } from '@nestjs/common';
import type { Appointment } from '../domain/appointment.js';
import type { AppointmentState } from '../domain/appointment-state.js';
import { type Doctor, Doctors } from '../domain/doctors.js';
import { InvalidSlotId, InvalidTransition } from '../domain/errors.js';
import type { ExaminationSaid } from '../domain/examination.js';
import { Clock } from '../domain/ports.js';
import { expectMovable, isProposed, standsAt } from '../domain/rescheduling.js';
import { readSlotId, type Slot, type SlotClaim, SlotTaken } from '../domain/slot.js';
import { ChangeAppointment, type Target } from './change-appointment.js';
import { EndLapsedHolds } from './end-lapsed-holds.js';
import { Examinations } from './examinations.js';
import { FindSlotsHandler } from './find-slots.js';
import { sideOf } from './parties.js';

/** An appointment goes to another slot of its doctor. */
@Injectable()
export class RescheduleAppointmentHandler {
  constructor(
    private readonly changes: ChangeAppointment,
    private readonly doctors: Doctors,
    private readonly lapsedHolds: EndLapsedHolds,
    private readonly slots: FindSlotsHandler,
    private readonly examinations: Examinations,
    private readonly clock: Clock,
  ) {}

  /**
   * At its patient's wish; or the doctor proposes it, and it goes there once the patient agrees.
   * @throws NotFound, NotTheirs, NotPractising, VersionMismatch, InvalidSlotId, InvalidTransition, TooLate, PriceDiffers,
   * ExaminationRequired, ExaminationUnconfirmed, SlotTaken with alternatives
   */
  async execute(target: Target, slotId: string, said: ExaminationSaid = {}): Promise<AppointmentState> {
    const by = sideOf(target.by);
    let wanted: { claim: SlotClaim; doctor: Doctor | undefined; patientId: string } | undefined;
    try {
      return await this.changes.execute(target, 'reschedule', async (appointment, now, barredSince) => {
        if (standsAt(appointment.state, slotId)) return;
        if (by === 'doctor' && isProposed(appointment.state, slotId, now)) return;
        const claim = claimOf(slotId, appointment);
        expectMovable(appointment.state, by, now);
        const doctor = barredSince ? undefined : await this.doctors.find(claim.doctorId);
        wanted = { claim, doctor, patientId: appointment.state.patient.id };
        const slot = offered(doctor, claim, now);
        const { examination: before, patient } = appointment.state;
        const pair = { doctorId: claim.doctorId, patientId: patient.id };
        const examination = await this.examinations.of(by, slot.mode, pair, said, before);
        if (examination && examination !== before) appointment.examine(examination);
        if (by === 'doctor') appointment.proposeReschedule(slot, now);
        else appointment.reschedule(slot, now);
        await this.lapsedHolds.onTimeTo(appointment.state, now);
      });
    } catch (error) {
      if (!(error instanceof SlotTaken && wanted?.doctor)) throw error;
      const { claim, doctor, patientId } = wanted;
      const { availability } = doctor;
      const found = await this.slots.alternatives(availability, patientId, claim.startsAt, this.clock.now());
      throw new SlotTaken(error.refusal, found);
    }
  }

  /** What the doctor proposed. @throws NotFound, NotTheirs, VersionMismatch, InvalidTransition, PriceDiffers */
  accept = (target: Target) =>
    this.changes.execute(target, 'answer-proposal', (appointment, now, barredSince) => {
      if (barredSince) throw new InvalidTransition('accept-reschedule', 'doctor-unavailable');
      appointment.acceptReschedule(now);
    });

  /** @throws NotFound, NotTheirs, VersionMismatch, InvalidTransition */
  decline = (target: Target) =>
    this.changes.execute(target, 'answer-proposal', (appointment, now) => appointment.declineReschedule(now));
}

/** @throws InvalidSlotId also when it is another doctor's */
function claimOf(slotId: string, { state }: Appointment): SlotClaim {
  const claim = readSlotId(slotId);
  if (claim.doctorId !== state.doctor.id) throw new InvalidSlotId();
  return claim;
}

/** @throws SlotTaken unless the doctor offers it still */
function offered(doctor: Doctor | undefined, { id, startsAt }: SlotClaim, now: Date): Slot {
  const slot = doctor?.published ? doctor.availability.offered(id, startsAt, now) : undefined;
  if (!slot) throw new SlotTaken('slot-withdrawn');
  return slot;
}
