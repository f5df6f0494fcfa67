import { Appointment } from '../../src/domain/appointment.js';
import type { AppointmentFact, AppointmentState } from '../../src/domain/appointment-state.js';
import { Appointments, type ClaimedAppointments } from '../../src/domain/appointments.js';
import { BookedBefore, ConcurrentChange, NotFound, PlaceTaken, TooManyOpenRequests } from '../../src/domain/errors.js';
import { type Claim, MAX_HOLDS } from '../../src/domain/hold-policy.js';
import { isOpenRequest, type OpenRequestLimits, openRequestLimits } from '../../src/domain/open-requests.js';
import { claimedTimes } from '../../src/domain/rescheduling.js';
import { readReservationId, type Reservation } from '../../src/domain/reservation.js';
import { changesTime, reclaimsTime } from '../../src/domain/saved-changes.js';
import { SlotTaken } from '../../src/domain/slot.js';
import { ticksBetween } from '../../src/domain/ticks.js';
import { minutesAfter } from '../../src/domain/values.js';
import type { Pause } from './time.js';

const TIMELESS = ['rejected', 'cancelled', 'expired'];

/** Ticks of both sides, as what one may have at a time, each with the end of a claim that lapses. */
function ticksOf(state: AppointmentState): Map<string, Date | undefined> {
  const { doctor, patient } = state;
  const ticks = claimedTimes(state).flatMap(({ startsAt, endsAt, bufferMinutes, until }) =>
    [
      ...ticksBetween(startsAt, minutesAfter(endsAt, bufferMinutes)).map((tick) => `${doctor.id}|${tick}`),
      ...ticksBetween(startsAt, endsAt).map((tick) => `${patient.id}|${tick}`),
    ].map((tick) => [tick, until] as const),
  );
  // What is its own is not merely proposed.
  return new Map(ticks.toReversed());
}

export const claimedTicksOf = (state: AppointmentState): Map<string, Date | undefined> =>
  TIMELESS.includes(state.status) ? new Map() : ticksOf(state);

/** Those that keep others from them: of a hold or a proposal only until it lapses. */
export const livingTicksOf = (state: AppointmentState, now: Date): string[] =>
  [...claimedTicksOf(state)].flatMap(([tick, until]) => (until && until <= now ? [] : [tick]));

/** Ticks of the doctor that it keeps. */
export const reservedTicksOf = ({ slot }: Reservation): string[] =>
  ticksBetween(slot.startsAt, minutesAfter(slot.endsAt, slot.bufferMinutes)).map((tick) => `${slot.doctorId}|${tick}`);

export const claimOfReservation = ({ id, until }: Reservation): Claim => ({
  appointmentId: readReservationId(id)!.claimant,
  holdUntil: until,
});

export const claimOf = ({ id, holdUntil }: AppointmentState): Claim => ({
  appointmentId: id,
  ...(holdUntil && { holdUntil }),
});

/** The port's promises and nothing else: each step whole, one after the other, none of a database's ways to do so. */
export class InMemoryAppointments extends Appointments {
  readonly states = new Map<string, AppointmentState>();
  readonly facts: AppointmentFact[] = [];
  /** By id; lapsed ones too, until somebody drops them. */
  readonly reservations = new Map<string, Reservation>();
  /** Numbers of the places for holds, by appointment. */
  private readonly places = new Map<string, number>();
  private readonly leases = new Map<string, Date>();

  constructor(private readonly pause: Pause) {
    super();
  }

  async add(appointment: Appointment, holdPlace?: number, reservation?: string): Promise<void> {
    await this.pause();
    const { state } = appointment;
    const [other] = this.claimantsOf(state);
    if (this.reservedOn(state).some(({ id }) => id !== reservation)) throw new SlotTaken('slot-taken');
    if (other) throw new SlotTaken(other.doctor.id === state.doctor.id ? 'slot-taken' : 'patient-busy');
    if (holdPlace !== undefined && this.holdPlacesOf(state.patient.id)[holdPlace]) throw new PlaceTaken(state.id);
    if (appointment.isOpenRequest) this.expectFewRequests(state);
    if (this.states.has(state.id)) throw new BookedBefore(state.id);
    if (reservation !== undefined) this.reservations.delete(reservation);
    if (holdPlace !== undefined) this.places.set(state.id, holdPlace);
    this.put(appointment);
  }

  async save(appointment: Appointment): Promise<void> {
    await this.pause();
    const { state, savedVersion } = appointment;
    const before = this.states.get(state.id);
    if (before?.version !== savedVersion) throw new ConcurrentChange();
    const others = this.claimantsOf(state).filter(({ id }) => id !== state.id);
    if (changesTime(appointment) && others.length > 0)
      throw new SlotTaken(others[0]!.doctor.id === state.doctor.id ? 'slot-taken' : 'patient-busy');
    const isReserved = this.reservedOn(state).length > 0;
    if (changesTime(appointment) && isReserved) throw new SlotTaken('slot-taken');
    if (reclaimsTime(appointment) && (isReserved || this.claimantsOf(state).length > 0)) throw new ConcurrentChange();
    this.put(appointment, { doctor: before.doctor, patient: before.patient });
  }

  ofDoctor(doctorId: string, id: string): Promise<Appointment> {
    return this.only(id, ({ doctor, announced }) => doctor.id === doctorId && announced);
  }

  ofPatient(patientId: string, id: string): Promise<Appointment> {
    return this.only(id, ({ patient }) => patient.id === patientId);
  }

  one(id: string): Promise<Appointment> {
    return this.only(id, () => true);
  }

  claimLapsedHolds(now: Date, until: Date, limit: number): Promise<ClaimedAppointments> {
    return this.claimOver(
      ({ status }) => status === 'held',
      ({ holdUntil }) => holdUntil!,
      { now, until, limit },
    );
  }

  claimUnanswered(now: Date, until: Date, limit: number): Promise<ClaimedAppointments> {
    return this.claimOver(
      ({ status }) => status === 'requested',
      ({ startsAt }) => startsAt,
      { now, until, limit },
    );
  }

  claimLapsedProposals(now: Date, until: Date, limit: number): Promise<ClaimedAppointments> {
    return this.claimOver(
      ({ proposal }) => proposal !== undefined,
      ({ proposal }) => proposal!.until,
      { now, until, limit },
    );
  }

  /** Those that have something of the time that the appointment wants, lapsed holds included. */
  claimantsOf(wanted: AppointmentState): AppointmentState[] {
    return [...this.states.values()].filter((other) => this.claimsOn(wanted, other).length > 0);
  }

  /** What the other has of the time that the appointment wants. */
  claimsOn(wanted: AppointmentState, other: AppointmentState): Claim[] {
    const ticks = ticksOf(wanted);
    return [...claimedTicksOf(other)].flatMap(([tick, holdUntil]) =>
      ticks.has(tick) ? [{ appointmentId: other.id, ...(holdUntil && { holdUntil }) }] : [],
    );
  }

  /** Lapsed ones included. */
  reservedOn(wanted: AppointmentState): Reservation[] {
    const ticks = ticksOf(wanted);
    return [...this.reservations.values()].filter((one) => reservedTicksOf(one).some((tick) => ticks.has(tick)));
  }

  holdPlacesOf(patientId: string): (Claim | undefined)[] {
    const held = [...this.states.values()].filter(
      ({ status, patient }) => status === 'held' && patient.id === patientId,
    );
    return Array.from({ length: MAX_HOLDS }, (_, place) => {
      const state = held.find(({ id }) => this.places.get(id) === place);
      return state && claimOf(state);
    });
  }

  holdsOf(patientId: string, now: Date): number {
    return [...this.states.values()].filter(
      (state) => state.status === 'held' && state.patient.id === patientId && state.holdUntil! > now,
    ).length;
  }

  openRequestsOf(patientId: string, doctorId?: string): number {
    return this.of(patientId, doctorId).filter(isOpenRequest).length;
  }

  limitsOf(patientId: string, doctorId: string): OpenRequestLimits {
    const had = (states: AppointmentState[]) => states.filter(({ status }) => status === 'completed').length;
    return openRequestLimits({ withDoctor: had(this.of(patientId, doctorId)), inAll: had(this.of(patientId)) });
  }

  private async claimOver(
    waits: (state: AppointmentState) => boolean,
    dueAt: (state: AppointmentState) => Date,
    { now, until, limit }: { now: Date; until: Date; limit: number },
  ): Promise<ClaimedAppointments> {
    const isFree = ({ id }: AppointmentState) => !((this.leases.get(id) ?? now) > now);
    await this.pause();
    const waiting = this.sorted((state) => waits(state) && isFree(state), dueAt);
    const due = waiting.filter(({ state }) => dueAt(state) <= now);
    const appointments = due.slice(0, limit);
    for (const { state } of appointments) this.leases.set(state.id, until);
    const following = waiting[due.length];
    return { appointments, next: due.length > limit ? now : following && dueAt(following.state) };
  }

  private expectFewRequests({ patient, doctor }: AppointmentState): void {
    const limits = this.limitsOf(patient.id, doctor.id);
    if (this.openRequestsOf(patient.id, doctor.id) >= limits.doctor)
      throw new TooManyOpenRequests('doctor', limits.doctor);
    if (this.openRequestsOf(patient.id) >= limits.all) throw new TooManyOpenRequests('all', limits.all);
  }

  private of(patientId: string, doctorId?: string): AppointmentState[] {
    return [...this.states.values()].filter(
      ({ patient, doctor }) => patient.id === patientId && (doctorId === undefined || doctor.id === doctorId),
    );
  }

  private put(appointment: Appointment, names: Partial<AppointmentState> = {}): void {
    this.states.set(appointment.state.id, { ...appointment.state, ...names });
    this.leases.delete(appointment.state.id);
    this.facts.push(...appointment.facts);
  }

  private async only(id: string, mine: (state: AppointmentState) => boolean): Promise<Appointment> {
    await this.pause();
    const state = this.states.get(id);
    if (!state || !mine(state)) throw new NotFound('appointment');
    return Appointment.restore(state);
  }

  async those(
    limit: number,
    wanted: (state: AppointmentState) => boolean,
    by: (state: AppointmentState) => Date = ({ startsAt }) => startsAt,
  ): Promise<Appointment[]> {
    await this.pause();
    return this.sorted(wanted, by).slice(0, limit);
  }

  private sorted(wanted: (state: AppointmentState) => boolean, by: (state: AppointmentState) => Date): Appointment[] {
    return [...this.states.values()]
      .filter(wanted)
      .sort((a, b) => by(a).getTime() - by(b).getTime())
      .map((state) => Appointment.restore(state));
  }
}

/**
 * The appointments as one transaction sees them: who was read once is read the same again, and is saved only if nobody
 * else changed it meanwhile.
 */
export class SnapshotOf extends InMemoryAppointments {
  private readonly seen = new Map<string, AppointmentState>();

  constructor(private readonly live: InMemoryAppointments) {
    super(() => Promise.resolve());
  }

  override async one(id: string): Promise<Appointment> {
    const state = this.seen.get(id) ?? (await this.live.one(id)).state;
    this.seen.set(id, state);
    return Appointment.restore(state);
  }

  override save(appointment: Appointment): Promise<void> {
    return this.live.save(appointment);
  }
}
