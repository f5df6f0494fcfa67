import type { Schemas } from './api';

type Appointment = Schemas['AppointmentView'];
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export type ListName = 'upcoming' | 'past';

interface Read {
  /** Milliseconds since 1970. */
  readAt: number;
}
export interface KeptList extends Read {
  appointments: Appointment[];
}
export interface KeptVisit extends Read {
  appointment: Appointment;
  /** Where to go to. */
  place?: string | undefined;
}

/** All that lies on the device, under one name: erased by one call that nothing can interrupt. */
interface Kept {
  /** Of the sign-in that it was read under; says nothing of whose it is. */
  session: string;
  lists: Partial<Record<ListName, KeptList>>;
  visits: KeptVisit[];
}

const NAME = 'medflow.kept';
export const KEPT_DAYS = 7;
const KEPT_MS = KEPT_DAYS * 86_400_000;
const MOST_IN_LIST = 20;
const MOST_VISITS = 20;

/**
 * With whom, when, where and how it stands; named one by one, so that nothing new is kept by accident. Why somebody comes,
 * what was said of it, photos, and what leads to money stay where they are.
 */
const withoutReasons = (appointment: Appointment): Appointment => {
  const { id, status, doctor, startsAt, endsAt, mode, price, payment, policy, version } = appointment;
  const { createdAt, acceptedAt, endedAt, cancellation } = appointment;
  return {
    ...{ id, status, startsAt, endsAt, mode, price, policy, version, createdAt },
    doctor: { id: doctor.id, firstName: doctor.firstName, lastName: doctor.lastName, photo: null },
    patient: { id: '', firstName: '', lastName: '', photo: null },
    payment: { status: payment.status, ...(payment.refunded && { refunded: payment.refunded }) },
    reason: null,
    ...(acceptedAt && { acceptedAt }),
    ...(endedAt && { endedAt }),
    ...(cancellation && { cancellation: { by: cancellation.by, reason: null } }),
  };
};

/**
 * The appointments that a patient read last, for reading without network: of the account that is signed in, erased with its
 * session. Of doctors nothing is kept: their visits are other people's.
 */
export class KeptAppointments {
  /** The one that this tab may add to. */
  private session: string | undefined;

  constructor(
    private readonly store: () => Store = () => localStorage,
    private readonly now: () => number = Date.now,
  ) {}

  /** The tab opens, and asks who is signed in. What is too old goes from the device. */
  open(): void {
    const kept = this.read();
    this.session = kept?.session;
    if (kept) this.write(kept);
  }

  /** The session goes on that was found when the tab opened; where another one has begun since, this tab keeps nothing. */
  goOn({ role }: { role: string }): void {
    if (role !== 'patient') return this.erase();
    if (!this.isThere()) this.begin({ role });
  }

  /** Somebody signs in: nothing is left of whoever did before. */
  begin({ role }: { role: string }): void {
    this.erase();
    if (role !== 'patient') return;
    this.session = `${this.now()} ${Math.random()}`;
    this.write({ session: this.session, lists: {}, visits: [] });
  }

  erase(): void {
    this.session = undefined;
    try {
      this.store().removeItem(NAME);
    } catch {
      // Where nothing can be stored, nothing is.
    }
  }

  keepList(name: ListName, appointments: readonly Appointment[], readAt: number): void {
    const kept = this.readOwn();
    if (!kept) return;
    const list = { readAt, appointments: appointments.slice(0, MOST_IN_LIST).map(withoutReasons) };
    this.write({ ...kept, lists: { ...kept.lists, [name]: list } });
  }

  keepVisit(appointment: Appointment, place: string | undefined, readAt: number): void {
    const kept = this.readOwn();
    if (!kept) return;
    const others = kept.visits.filter((visit) => visit.appointment.id !== appointment.id);
    const visit = { readAt, appointment: withoutReasons(appointment), ...(place && { place }) };
    this.write({ ...kept, visits: [visit, ...others].slice(0, MOST_VISITS) });
  }

  /** Whether a patient's appointments are kept here, if none of them as yet. */
  isThere(): boolean {
    return this.read() !== undefined;
  }

  /** Every one that is known, as it was read last, by its start. */
  all(): KeptVisit[] {
    const { lists, visits } = this.read() ?? { lists: {}, visits: [] };
    const listed = Object.values(lists).flatMap(({ readAt, appointments }) =>
      appointments.map((appointment): KeptVisit => ({ readAt, appointment })),
    );
    const newest = new Map<string, KeptVisit>();
    for (const visit of [...listed, ...visits].sort((one, other) => one.readAt - other.readAt)) {
      const { id } = visit.appointment;
      newest.set(id, { ...visit, place: visit.place ?? newest.get(id)?.place });
    }
    return [...newest.values()].sort((one, other) =>
      one.appointment.startsAt.localeCompare(other.appointment.startsAt),
    );
  }

  /** Nothing where another tab has signed out, or somebody in. */
  private readOwn(): Kept | undefined {
    const kept = this.read();
    return kept?.session === this.session ? kept : undefined;
  }

  /** Without what has grown too old. */
  private read(): Kept | undefined {
    try {
      const text = this.store().getItem(NAME);
      if (text === null) return undefined;
      const { session, lists, visits } = JSON.parse(text) as Kept;
      const isFresh = ({ readAt }: Read) => this.now() - readAt < KEPT_MS;
      const fresh = Object.entries(lists).filter(([, list]) => isFresh(list));
      return { session, lists: Object.fromEntries(fresh), visits: visits.filter(isFresh) };
    } catch {
      this.erase();
      return undefined;
    }
  }

  private write(kept: Kept): void {
    try {
      this.store().setItem(NAME, JSON.stringify(kept));
    } catch {
      // A full or forbidden store costs reading offline, nothing else.
    }
  }
}

export const kept = new KeptAppointments();
