import { Injectable } from '@nestjs/common';
import { KeyedQueue } from '@medflow/service-kit/keyed-queue';
import { Appointment } from '../domain/appointment.js';
import type { AppointmentState } from '../domain/appointment-state.js';
import { Appointments, Claims } from '../domain/appointments.js';
import { type Doctor, Doctors, Patients } from '../domain/doctors.js';
import { KeyReused, NotFound, PlaceTaken } from '../domain/errors.js';
import { placeToTry } from '../domain/hold-policy.js';
import { Clock, HoldLength, Ids } from '../domain/ports.js';
import { readSlotId, type SlotClaim, SlotTaken } from '../domain/slot.js';
import { ticksBetween } from '../domain/ticks.js';
import type { Person } from '../domain/values.js';
import { EndLapsedHolds } from './end-lapsed-holds.js';
import { Examinations } from './examinations.js';
import { FindSlotsHandler } from './find-slots.js';
import { Summaries } from './summaries.js';

export interface BookAppointment {
  slotId: string;
  /** Names as the access token says; what profiles told since takes precedence. */
  patient: Person;
  reason: string | null;
  /** The patient has proven the address of the account, where the operator asks for it. */
  mayConfirm: boolean;
  /** The patient says that the doctor has examined them in person. */
  examinedBefore?: boolean;
  /** What kept the slot for the patient. */
  reservation?: string;
  /** Of a client that may repeat it: the same seed is the same booking, the digest tells whether it is the same request. */
  request?: { seed: string; digest: string };
}

export interface Booked {
  state: AppointmentState;
  /** It was booked by an earlier request of the same key. */
  isReplay: boolean;
}

@Injectable()
export class BookAppointmentHandler {
  /** Bookings of the very same slot run one after the other: all but the first are refused by a read, not by a conflict. */
  private readonly slotQueue = new KeyedQueue();

  constructor(
    private readonly doctors: Doctors,
    private readonly patients: Patients,
    private readonly appointments: Appointments,
    private readonly claims: Claims,
    private readonly lapsedHolds: EndLapsedHolds,
    private readonly slots: FindSlotsHandler,
    private readonly examinations: Examinations,
    private readonly summaries: Summaries,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly holds: HoldLength,
  ) {}

  /**
   * Booked once for one key: the id follows from it, so that what stands in the way of a repetition, be it the very same
   * appointment, is looked at only once there is something.
   * @throws InvalidSlotId, NotFound (doctor), EmailNotVerified, ExaminationRequired, TooManyHolds, TooManyOpenRequests, SlotTaken with alternatives,
   * KeyReused
   */
  async execute(command: BookAppointment): Promise<Booked> {
    const id = this.ids.next(command.patient.id, command.request?.seed);
    try {
      return { state: await this.bookOnce(id, command), isReplay: false };
    } catch (error) {
      const before = command.request && (await this.bookedBefore(id, command.patient));
      if (!before) throw error;
      if (before.requestDigest !== command.request?.digest) throw new KeyReused('another body came with this key');
      return { state: before, isReplay: true };
    }
  }

  private async bookOnce(id: string, command: BookAppointment): Promise<AppointmentState> {
    const claim = readSlotId(command.slotId);
    const [doctor, patient = command.patient] = await Promise.all([
      this.doctors.find(claim.doctorId),
      this.patients.find(command.patient.id),
    ]);
    if (!doctor?.published) throw new NotFound(`doctor ${claim.doctorId}`);
    try {
      return await this.slotQueue.run(command.slotId, (waited) =>
        this.book(id, doctor, claim, { ...command, patient }, waited),
      );
    } catch (error) {
      if (!(error instanceof SlotTaken)) throw error;
      const now = this.clock.now();
      throw new SlotTaken(
        error.refusal,
        await this.slots.alternatives(doctor.availability, patient.id, claim.startsAt, now),
      );
    }
  }

  private async bookedBefore(id: string, patient: Person): Promise<AppointmentState | undefined> {
    try {
      return (await this.appointments.ofPatient(patient.id, id)).state;
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  }

  private async book(
    id: string,
    doctor: Doctor,
    claim: SlotClaim,
    { patient, reason, mayConfirm, examinedBefore = false, reservation, request }: BookAppointment,
    waited: boolean,
  ): Promise<AppointmentState> {
    const now = this.clock.now();
    const slot = doctor.availability.offered(claim.id, claim.startsAt, now);
    if (!slot) throw new SlotTaken('slot-withdrawn');
    // Who waited has most likely lost: a read tells so for less than a transaction that fails.
    const busy =
      waited && !reservation ? await this.claims.ofDoctor(doctor.id, slot.startsAt, slot.endsAt, now) : undefined;
    if (busy && ticksBetween(slot.startsAt, slot.endsAt).some((tick) => busy.has(tick)))
      throw new SlotTaken('slot-taken');
    const { autoAccept, payment, cancellation } = doctor.availability.plan;
    const terms = { autoAccept, payment, cancellation, holdMinutes: this.holds.minutes };
    const pair = { doctorId: doctor.id, patientId: patient.id };
    const examination = await this.examinations.of('patient', slot.mode, pair, { examinedBefore });
    const more = { ...(request && { requestDigest: request.digest }), ...(examination && { examination }) };
    const booking = { id, slot, doctor: doctor.person, patient, reason, terms, mayConfirm, ...more };
    const appointment = Appointment.book(booking, now);
    await this.add(appointment, now, reservation);
    this.summaries.touch(doctor.id);
    return appointment.state;
  }

  private async add(appointment: Appointment, now: Date, reservation?: string): Promise<void> {
    const { state } = appointment;
    for (let place = state.status === 'held' ? placeToTry(state.id) : undefined; ;) {
      try {
        return await this.appointments.add(appointment, place, reservation);
      } catch (error) {
        const mayTryAgain =
          error instanceof PlaceTaken || (error instanceof SlotTaken && (await this.lapsedHolds.onTimeOf(state, now)));
        if (!mayTryAgain) throw error;
        if (place !== undefined) place = await this.lapsedHolds.placeFor(state.patient.id, now);
      }
    }
  }
}
