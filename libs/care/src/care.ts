/** How an appointment stands, as scheduling tells it. */
export type VisitStatus = 'requested' | 'accepted' | 'completed' | 'missed' | 'called-off';

/** What a service that serves care knows of an appointment. */
export interface CareVisit {
  readonly appointmentId: string;
  readonly doctorId: string;
  readonly patientId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly mode: 'video' | 'in-person';
  readonly status: VisitStatus;
  /** Version of the appointment: an older word is ignored. */
  readonly sequence: number;
}

/** A doctor and a patient between whom there is care, or was. */
export interface CareRelation {
  readonly doctorId: string;
  readonly patientId: string;
  /** End of the last appointment that counts. */
  readonly lastEndsAt: Date;
}

/** Months after the end of the last appointment until the relation closes (product rule: « 12 months after the last one it closes »). */
export const CARE_LASTS_MONTHS = 12;

/** An appointment opens care once the doctor has taken it, and no longer when it is called off or nobody came. */
export const opensCare = ({ status }: Pick<CareVisit, 'status'>): boolean =>
  status === 'accepted' || status === 'completed';

/** When the relation closes: the same day and time so many months later, UTC (a day that the month lacks is its last). */
export function closesAt({ lastEndsAt }: Pick<CareRelation, 'lastEndsAt'>): Date {
  const end = new Date(lastEndsAt);
  const day = end.getUTCDate();
  end.setUTCMonth(end.getUTCMonth() + CARE_LASTS_MONTHS);
  if (end.getUTCDate() !== day) end.setUTCDate(0);
  return end;
}

export const isOpen = (relation: CareRelation | undefined, now: Date): relation is CareRelation =>
  relation !== undefined && now < closesAt(relation);

/** A visit may begin so long before its time. */
const BEGINS_EARLY_MS = 15 * 60_000;

/** Until when a visit must start to have begun at `now`. */
export const latestBegun = (now: Date): Date => new Date(now.getTime() + BEGINS_EARLY_MS);

/** The appointments, to know who cares for whom; each service keeps its own. */
export abstract class CareVisits {
  /** Applies scheduling's word unless a later one is known. */
  abstract follow(visit: CareVisit): Promise<void>;
  /** As it stands now, not as an ambient transaction began to see it. Undefined when nobody has told of it. */
  abstract find(appointmentId: string): Promise<CareVisit | undefined>;
  /** Of the two, open or closed; undefined when no appointment ever opened one. */
  abstract relation(doctorId: string, patientId: string): Promise<CareRelation | undefined>;
  /** When the two were last together, or are now; see {@link latestBegun}. */
  abstract lastEncounter(doctorId: string, patientId: string, now: Date): Promise<CareVisit | undefined>;
  /** The patients of a doctor whose relation is open at `now`, by id. */
  abstract patientsOf(doctorId: string, now: Date): Promise<CareRelation[]>;
  /** The doctors of a patient whose relation is open at `now`, by id. */
  abstract doctorsOf(patientId: string, now: Date): Promise<CareRelation[]>;
  /** The patient's completed visits, newest first. */
  abstract completedOf(patientId: string, limit: number): Promise<CareVisit[]>;
}

/** Whether a doctor may see patients at all, as profiles tells it; each service keeps its own. */
export abstract class Practitioners {
  /** Applies the word unless a later one is known. */
  abstract keep(doctorId: string, mayPractise: boolean, sequence: number): Promise<void>;
  /** False also for whom nobody has told of. */
  abstract mayPractise(doctorId: string): Promise<boolean>;
}
