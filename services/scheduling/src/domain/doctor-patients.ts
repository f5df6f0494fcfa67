import type { AppointmentState, PaymentStatus, Status } from './appointment-state.js';
import type { Money, Person } from './values.js';

interface Period {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** A doctor and somebody who has or had an appointment with them. */
export interface DoctorAndPatient {
  readonly doctorId: string;
  readonly patientId: string;
}

/** What a doctor's appointments with one patient come to. */
export interface DoctorPatient {
  readonly doctorId: string;
  readonly patient: Person;
  /** That took place. */
  readonly visits: number;
  readonly noShows: number;
  readonly lastVisitAt?: Date;
  /** Asked for or accepted, in order of time; some may be over by the time of reading. */
  readonly coming: readonly Period[];
  /** Start of the latest appointment, whatever became of it. */
  readonly latestAt: Date;
  /** To be paid for what was accepted, by currency. */
  readonly due: readonly Money[];
}

/** What is told of an appointment to sum it up. */
export type SummedAppointment = Pick<
  AppointmentState,
  'doctor' | 'patient' | 'status' | 'startsAt' | 'endsAt' | 'price' | 'payment' | 'doctorUnavailable'
>;

const COMING: readonly Status[] = ['requested', 'accepted'];
const OWED: readonly Status[] = ['accepted', 'completed'];
const UNPAID: readonly PaymentStatus[] = ['due', 'requires-action', 'failed'];
/** More than anybody has ahead of them. */
const MOST_COMING = 50;

const isOwed = ({ status, payment, doctorUnavailable }: SummedAppointment): boolean =>
  OWED.includes(status) && UNPAID.includes(payment.status) && !doctorUnavailable;

function sumByCurrency(amounts: readonly Money[]): Money[] {
  const sums = new Map<string, number>();
  for (const { amount, currency } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, amount]) => ({ amount, currency }));
}

const last = (dates: readonly Date[]): Date | undefined =>
  dates.reduce<Date | undefined>((latest, date) => (latest && latest > date ? latest : date), undefined);

/** The name that profiles told last; of names that it did not tell, that of the latest appointment. */
const namedLast = (one: SummedAppointment, other: SummedAppointment): SummedAppointment => {
  const [a, b] = [one.patient.sequence ?? 0, other.patient.sequence ?? 0];
  return a > b || (a === b && one.startsAt >= other.startsAt) ? one : other;
};

/**
 * @param all appointments that the doctor was told of, all of one patient with one doctor, in any order
 * @returns undefined where there are none
 */
export function sumUp(all: readonly SummedAppointment[], now: Date): DoctorPatient | undefined {
  const [first] = all;
  if (!first) return undefined;
  const of = (status: Status) => all.filter((one) => one.status === status).map(({ startsAt }) => startsAt);
  const completed = of('completed');
  const lastVisitAt = last(completed);
  const coming = all
    .filter(({ status, endsAt }) => COMING.includes(status) && endsAt > now)
    .map(({ startsAt, endsAt }) => ({ startsAt, endsAt }))
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  return {
    doctorId: first.doctor.id,
    patient: all.reduce(namedLast).patient,
    visits: completed.length,
    noShows: of('missed').length,
    ...(lastVisitAt && { lastVisitAt }),
    coming: coming.slice(0, MOST_COMING),
    latestAt: last(all.map(({ startsAt }) => startsAt))!,
    due: sumByCurrency(all.filter(isOwed).map(({ price }) => price)),
  };
}

/** Coming until it is over, not until it begins. */
export const nextVisitOf = ({ coming }: DoctorPatient, now: Date): Date | undefined =>
  coming.find(({ endsAt }) => endsAt > now)?.startsAt;

export interface PatientsPage {
  /** Beginnings of words of the name, all of them to be found; undefined: everybody. */
  readonly words?: readonly string[];
  readonly limit: number;
  /** The last one seen. */
  readonly after?: { readonly latestAt: Date; readonly patientId: string };
}

/**
 * Doctors' patients, summed up soon after their appointments change and not while they do, so that a booking writes
 * nothing more and a list costs what it shows.
 */
export abstract class DoctorPatients {
  /** Whose latest appointment is the latest first; up to `limit` + 1 so that the caller knows of a next page. */
  abstract page(doctorId: string, page: PatientsPage): Promise<DoctorPatient[]>;
  /** As the appointments say at this moment. Undefined: there are none that the doctor was told of. */
  abstract find(pair: DoctorAndPatient, now: Date): Promise<DoctorPatient | undefined>;

  /** Whether the two have had a visit in person. */
  abstract hasExamined(pair: DoctorAndPatient): Promise<boolean>;

  /** @param listener is told when there is something to sum up */
  abstract whenChanged(listener: () => void): void;
  /**
   * Sums up some of those whose appointments have changed: by this process, by one that left them undone, or before there were sums.
   * Whoever else does so at the time, nobody's change is lost.
   * @returns false when there are none left
   */
  abstract sumUpSome(now: Date): Promise<boolean>;
}
