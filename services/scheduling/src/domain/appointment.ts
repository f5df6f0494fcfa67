import { InvalidTransition, TooEarly, TooLate } from './errors.js';
import type { Slot } from './slot.js';
import { minutesAfter, type Mode, type Money, type Person } from './values.js';

export type Status = 'requested' | 'accepted' | 'rejected' | 'cancelled' | 'completed' | 'missed' | 'expired';
export type Side = 'patient' | 'doctor';

export interface AppointmentState {
  readonly id: string;
  readonly doctor: Person;
  readonly patient: Person;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly mode: Mode;
  readonly price: Money;
  readonly bufferMinutes: number;
  /** What the patient wrote when booking; for the doctor only, never on the bus. */
  readonly reason: string | null;
  readonly status: Status;
  readonly rejection?: { readonly reason: string };
  readonly cancellation?: { readonly by: Side; readonly reason: string | null };
  readonly createdAt: Date;
  /** Rises by one with every change. */
  readonly version: number;
}

export type FactName = 'requested' | 'accepted' | 'rejected' | 'cancelled' | 'completed' | 'missed' | 'expired';

/** Something that happened to an appointment, with its state right after. */
export interface AppointmentFact {
  readonly name: FactName;
  readonly appointment: AppointmentState;
  readonly at: Date;
  /** Who did it and what they wrote, where the other side is to know. */
  readonly by?: 'patient' | 'doctor';
  readonly reason?: string;
}

/** A visit may begin early. */
const COMPLETE_EARLY_MINUTES = 15;
/** A patient who is late by less may still come. */
const NO_SHOW_AFTER_MINUTES = 10;

export class Appointment {
  private readonly recorded: AppointmentFact[] = [];

  private constructor(
    private current: AppointmentState,
    /** Version in the database; 0 before it was saved. */
    readonly savedVersion: number,
  ) {}

  /** @param autoAccept the doctor accepts every booking at once */
  static request(
    booking: { id: string; slot: Slot; doctor: Person; patient: Person; reason: string | null; autoAccept: boolean },
    now: Date,
  ): Appointment {
    const { id, slot, doctor, patient, reason } = booking;
    const { startsAt, endsAt, mode, price, bufferMinutes } = slot;
    const appointment = new Appointment(
      {
        id,
        doctor,
        patient,
        startsAt,
        endsAt,
        mode,
        price,
        bufferMinutes,
        reason,
        status: 'requested',
        createdAt: now,
        version: 1,
      },
      0,
    );
    appointment.record('requested', now);
    if (booking.autoAccept) appointment.accept(now);
    return appointment;
  }

  static restore(state: AppointmentState): Appointment {
    return new Appointment(state, state.version);
  }

  get state(): AppointmentState {
    return this.current;
  }

  get facts(): readonly AppointmentFact[] {
    return this.recorded;
  }

  /** True when the doctor's and the patient's time is free again. */
  get releasesTime(): boolean {
    return ['rejected', 'cancelled', 'expired'].includes(this.current.status);
  }

  /** @throws InvalidTransition unless it is requested and has not begun */
  accept(now: Date): void {
    this.expect('accept', 'requested');
    if (now >= this.current.startsAt) throw new InvalidTransition('accept', 'past');
    this.change({ status: 'accepted' }, 'accepted', now);
  }

  /** @throws InvalidTransition unless it is requested */
  reject(reason: string, now: Date): void {
    this.expect('reject', 'requested');
    this.change({ status: 'rejected', rejection: { reason } }, 'rejected', now, { by: 'doctor', reason });
  }

  /** @throws InvalidTransition when it is over already; TooLate once it has begun */
  cancel(by: Side, reason: string | null, now: Date): void {
    this.expect('cancel', 'requested', 'accepted');
    if (now >= this.current.startsAt) throw new TooLate(this.current.startsAt);
    this.change({ status: 'cancelled', cancellation: { by, reason } }, 'cancelled', now, {
      by,
      ...(reason !== null && { reason }),
    });
  }

  /** @throws InvalidTransition unless accepted; TooEarly more than 15 minutes before the start */
  complete(now: Date): void {
    this.expect('complete', 'accepted');
    this.notBefore(minutesAfter(this.current.startsAt, -COMPLETE_EARLY_MINUTES), now);
    this.change({ status: 'completed' }, 'completed', now);
  }

  /** @throws InvalidTransition unless accepted; TooEarly until 10 minutes after the start */
  miss(now: Date): void {
    this.expect('miss', 'accepted');
    this.notBefore(minutesAfter(this.current.startsAt, NO_SHOW_AFTER_MINUTES), now);
    this.change({ status: 'missed' }, 'missed', now);
  }

  /** Nobody answered in time. @throws InvalidTransition unless requested; TooEarly before the start */
  expire(now: Date): void {
    this.expect('expire', 'requested');
    this.notBefore(this.current.startsAt, now);
    this.change({ status: 'expired' }, 'expired', now);
  }

  private expect(step: string, ...allowed: Status[]): void {
    if (!allowed.includes(this.current.status)) throw new InvalidTransition(step, this.current.status);
  }

  private notBefore(from: Date, now: Date): void {
    if (now < from) throw new TooEarly(from);
  }

  private change(
    change: Partial<AppointmentState>,
    fact: FactName,
    now: Date,
    said: Pick<AppointmentFact, 'by' | 'reason'> = {},
  ): void {
    this.current = { ...this.current, ...change, version: this.current.version + 1 };
    this.record(fact, now, said);
  }

  private record(name: FactName, at: Date, said: Pick<AppointmentFact, 'by' | 'reason'> = {}): void {
    this.recorded.push({ name, at, appointment: this.current, ...said });
  }
}
