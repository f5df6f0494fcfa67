import { Elsewhere, NobodyWaits, NoVisit, SeatTaken, TooEarly, VisitFinished } from './visit-errors.js';

/** Minutes before its start that a visit opens. */
export const OPENS_MINUTES = 15;
/** Hours after its planned end that a visit that nobody finished is over. */
export const OVER_HOURS = 4;
const MINUTE_MS = 60_000;

export const guestRoles = ['interpreter', 'carer', 'professional'] as const;
export type GuestRole = (typeof guestRoles)[number];
export type SeatRole = 'doctor' | 'patient' | GuestRole;

export interface Participant {
  /** Of doctor and patient their account, of a guest the seat. */
  readonly id: string;
  readonly role: SeatRole;
  /** Of a guest, as whoever invited them wrote it; the others' is known elsewhere. */
  readonly name?: string;
  /** SHA-256 of the secret of a guest's link, hex. */
  readonly secretHash?: string;
  /** In the room, or before its door. */
  readonly present: boolean;
  /** Let in once, one may come back. */
  readonly admitted: boolean;
  /** Where they sit: signals of another device are refused. */
  readonly device?: string;
  /** Of how it stands with them now. */
  readonly since: Date;
}

/** Why it ended before its time: the doctor judged that video does not suit. */
export type VisitOutcome = 'unsuitable';

export interface VisitState {
  readonly appointmentId: string;
  readonly doctorId: string;
  readonly patientId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly participants: readonly Participant[];
  /** The doctor's word to who waits. */
  readonly message: string | null;
  /** The patient was let in. */
  readonly admittedAt: Date | null;
  /** Doctor and patient were both in the room for the first time. */
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly outcome?: VisitOutcome;
  readonly version: number;
}

export type VisitPhase = 'waiting' | 'admitted' | 'live' | 'finished';
export type ParticipantState = 'invited' | 'waiting' | 'admitted' | 'left';

export const opensAt = ({ startsAt }: Pick<VisitState, 'startsAt'>): Date =>
  new Date(startsAt.getTime() - OPENS_MINUTES * MINUTE_MS);

/** When a visit that the doctor did not finish is over by itself. */
export const overAt = ({ endsAt }: Pick<VisitState, 'endsAt'>): Date =>
  new Date(endsAt.getTime() + OVER_HOURS * 60 * MINUTE_MS);

export function phaseOf(state: VisitState, now: Date): VisitPhase {
  if (state.finishedAt || now >= overAt(state)) return 'finished';
  if (state.startedAt) return 'live';
  return state.admittedAt ? 'admitted' : 'waiting';
}

export function stateOf({ present, admitted, device }: Participant): ParticipantState {
  if (present) return admitted ? 'admitted' : 'waiting';
  return device === undefined ? 'invited' : 'left';
}

export const isSeatOf = (role: SeatRole): role is GuestRole => role !== 'doctor' && role !== 'patient';

/** The doctor ended it. */
export interface VisitFact {
  readonly state: VisitState;
  readonly at: Date;
}

/**
 * A visit by video, apart from any call: a connection that breaks, a page that is loaded anew or a closed lid changes nothing
 * here. Only the doctor ends it, or the day.
 */
export class Visit {
  private constructor(
    readonly state: VisitState,
    readonly savedVersion: number,
    readonly facts: readonly VisitFact[] = [],
  ) {}

  /** Of an appointment that stands, before anybody has come. */
  static of(appointment: Pick<VisitState, 'appointmentId' | 'doctorId' | 'patientId' | 'startsAt' | 'endsAt'>): Visit {
    const { doctorId, patientId, startsAt } = appointment;
    const expected = (id: string, role: 'doctor' | 'patient'): Participant => ({
      id,
      role,
      present: false,
      admitted: false,
      since: startsAt,
    });
    const participants = [expected(doctorId, 'doctor'), expected(patientId, 'patient')];
    const nothing = { message: null, admittedAt: null, startedAt: null, finishedAt: null };
    return new Visit({ ...appointment, participants, ...nothing, version: 0 }, 0);
  }

  static restore(state: VisitState): Visit {
    return new Visit(state, state.version);
  }

  participant(id: string): Participant {
    const found = this.state.participants.find((one) => one.id === id);
    if (!found) throw new NoVisit(`no seat ${id}`);
    return found;
  }

  /**
   * Comes in, or to the door; from elsewhere only where the other device gives way.
   * @throws NoVisit, TooEarly, VisitFinished, Elsewhere
   */
  join(id: string, device: string, takeOver: boolean, now: Date): Visit {
    const own = this.participant(id);
    if (now < opensAt(this.state)) throw new TooEarly(opensAt(this.state));
    this.mustGoOn(now);
    if (own.present && own.device !== device && !takeOver) throw new Elsewhere(own.device);
    // Whoever has been let in comes back without knocking; a doctor is at home.
    const admitted = own.admitted || own.role === 'doctor';
    const since = own.present && own.admitted === admitted ? own.since : now;
    return this.seated({ ...own, present: true, admitted, device, since }, now);
  }

  /** @throws NoVisit, VisitFinished, NobodyWaits */
  admit(id: string, now: Date): Visit {
    const guest = this.participant(id);
    this.mustGoOn(now);
    if (guest.present && guest.admitted) return this;
    if (!guest.present) throw new NobodyWaits(id);
    return this.seated({ ...guest, admitted: true, since: now }, now);
  }

  /** Nothing ends by it: whoever left may come back. @throws NoVisit */
  leave(id: string, now: Date): Visit {
    const own = this.participant(id);
    if (!own.present || phaseOf(this.state, now) === 'finished') return this;
    return this.seated({ ...own, present: false, since: now }, now);
  }

  /**
   * A third seat, behind a secret. One that nobody sits on gives way to another.
   * @throws VisitFinished, SeatTaken
   */
  invite(seat: { id: string; name: string; role: GuestRole; secretHash: string }, now: Date): Visit {
    this.mustGoOn(now);
    const guests = this.state.participants.filter(({ role }) => isSeatOf(role));
    if (guests.some(({ present }) => present)) throw new SeatTaken(seat.id);
    const two = this.state.participants.filter(({ role }) => !isSeatOf(role));
    const guest: Participant = { ...seat, present: false, admitted: false, since: now };
    return this.changed({ participants: [...two, guest] });
  }

  /** @throws VisitFinished */
  say(message: string | null, now: Date): Visit {
    this.mustGoOn(now);
    return this.changed({ message });
  }

  /**
   * The doctor's « Terminer »; a second one changes nothing.
   * @throws TooEarly, VisitFinished where an outcome is given before the room opens, or after it ended without
   */
  finish(now: Date, outcome?: VisitOutcome): Visit {
    if (outcome && now < opensAt(this.state)) throw new TooEarly(opensAt(this.state));
    if (outcome && this.state.outcome !== outcome) this.mustGoOn(now);
    if (phaseOf(this.state, now) === 'finished') return this;
    const participants = this.state.participants.map((one) => ({ ...one, present: false, since: now }));
    const next = this.changed({ participants, finishedAt: now, ...(outcome && { outcome }) });
    return new Visit(next.state, next.savedVersion, [{ state: next.state, at: now }]);
  }

  private seated(participant: Participant, now: Date): Visit {
    const participants = this.state.participants.map((one) => (one.id === participant.id ? participant : one));
    const inRoom = (role: SeatRole) => participants.some((one) => one.role === role && one.present && one.admitted);
    const admittedAt = this.state.admittedAt ?? (inRoom('patient') ? now : null);
    const isLive = inRoom('doctor') && inRoom('patient');
    const startedAt = this.state.startedAt ?? (isLive ? now : null);
    return this.changed({ participants, admittedAt, startedAt });
  }

  private changed(change: Partial<VisitState>): Visit {
    return new Visit({ ...this.state, ...change, version: this.savedVersion + 1 }, this.savedVersion);
  }

  private mustGoOn(now: Date): void {
    if (phaseOf(this.state, now) === 'finished') throw new VisitFinished(this.state.appointmentId);
  }
}
