import { type AvailabilityPlan, defaultPlan } from '../../src/domain/availability-plan.js';
import { Availability } from '../../src/domain/availability.js';
import { type Doctor, Doctors, type ListedDoctor } from '../../src/domain/doctors.js';
import { VersionMismatch } from '../../src/domain/errors.js';
import type { PracticeChange } from '../../src/domain/practice.js';
import { nameChangeOf, type NameChange } from '../../src/domain/renames.js';
import type { SearchFor } from '../../src/domain/search-for.js';
import { personOf } from '../../src/domain/values.js';

interface Kept {
  readonly doctor: Doctor;
  /** Of profiles' word. */
  readonly sequence: number;
  readonly searchFor: SearchFor;
  readonly settleAt?: Date;
  readonly settleSince?: Date;
  /** Whose turn it is to look at them. */
  readonly claim?: string;
}

const nobody = (id: string): Kept => ({
  doctor: {
    id,
    person: { id, firstName: '', lastName: '' },
    published: false,
    version: 0,
    availability: Availability.restore(id, defaultPlan),
  },
  sequence: 0,
  searchFor: {},
});

/** Doctors, and when their appointments are to be looked at, as one document each. */
export class InMemoryDoctors extends Doctors {
  private readonly kept = new Map<string, Kept>();
  private words = 0;
  private claims = 0;

  async find(doctorId: string): Promise<Doctor | undefined> {
    return this.kept.get(doctorId)?.doctor;
  }

  async publishAvailability(id: string, plan: AvailabilityPlan, expected: number | undefined): Promise<number> {
    const kept = this.kept.get(id) ?? nobody(id);
    const { version } = kept.doctor;
    if (expected !== undefined && expected !== version) throw new VersionMismatch(`${id} is at ${version}`);
    const doctor = { ...kept.doctor, version: version + 1, availability: Availability.restore(id, plan) };
    this.kept.set(id, { ...kept, doctor });
    return doctor.version;
  }

  async show({ specializations, city, ...named }: ListedDoctor, sequence: number): Promise<NameChange> {
    const [specialization] = specializations;
    const person = personOf(named);
    const { id } = person;
    const before = this.kept.get(id);
    this.follow(id, sequence, ({ doctor: { barredSince: _, ...doctor }, ...kept }) => ({
      ...kept,
      searchFor: { ...(specialization && { specialization }), city },
      doctor: { ...doctor, person: { ...person, sequence }, published: true },
    }));
    if (before && before.sequence >= sequence) return 'none';
    return nameChangeOf(before?.doctor.person, person);
  }

  async hide(id: string, sequence: number): Promise<void> {
    this.follow(id, sequence, ({ doctor: { barredSince: _, ...doctor }, ...kept }) => ({
      ...kept,
      doctor: { ...doctor, published: false },
    }));
  }

  async bar(id: string, since: Date, sequence: number): Promise<void> {
    this.follow(id, sequence, ({ doctor, ...kept }) => ({
      ...kept,
      settleSince: earlier(kept.settleSince, since),
      doctor: { ...doctor, published: false, barredSince: earlier(doctor.barredSince, since) },
    }));
  }

  /** Of all whose appointments were ever concerned. */
  everChanged(): PracticeChange[] {
    return [...this.kept.values()].filter(({ settleSince }) => settleSince).map(changeOf);
  }

  claimChanges(now: Date, until: Date, limit: number) {
    const waiting = [...this.kept.values()]
      .flatMap((kept) => (kept.settleAt ? [{ ...kept, settleAt: kept.settleAt }] : []))
      .sort((a, b) => a.settleAt.getTime() - b.settleAt.getTime());
    const due = waiting.filter(({ settleAt }) => settleAt <= now);
    const claim = `claim-${(this.claims += 1)}`;
    const claimed = due.slice(0, limit).map((kept): Kept => ({ ...kept, settleAt: until, claim }));
    for (const kept of claimed) this.kept.set(kept.doctor.id, kept);
    return { changes: claimed.map(changeOf), next: due.length > limit ? now : waiting[due.length]?.settleAt };
  }

  settled({ doctorId, barredSince, sequence, claim }: PracticeChange, next: Date | undefined): void {
    const { settleAt: _, settleSince, claim: current, ...kept } = this.kept.get(doctorId)!;
    if (kept.sequence !== sequence || current !== claim) return;
    const isOver = !next && !barredSince;
    const since = settleSince && !isOver ? { settleSince } : {};
    this.kept.set(doctorId, { ...kept, ...since, ...(next && { settleAt: next }) });
  }

  private follow(id: string, sequence: number, change: (kept: Kept) => Kept): void {
    const kept = this.kept.get(id) ?? nobody(id);
    // At once, after those that wait already.
    if (sequence > kept.sequence)
      this.kept.set(id, { ...change(kept), sequence, settleAt: new Date((this.words += 1)) });
    else this.kept.set(id, kept);
  }
}

function changeOf({ doctor, settleSince: since, searchFor, sequence, claim = '' }: Kept): PracticeChange {
  const { id: doctorId, barredSince } = doctor;
  return { doctorId, ...(barredSince && { barredSince }), ...(since && { since }), searchFor, sequence, claim };
}

const earlier = (known: Date | undefined, since: Date): Date => (known && known < since ? known : since);
