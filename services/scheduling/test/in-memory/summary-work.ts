import { isDeepStrictEqual } from 'node:util';
import type { AvailabilitySummary } from '../../src/domain/availability-summary.js';
import type { Doctor } from '../../src/domain/doctors.js';
import { type SummaryTurn, SummaryWork } from '../../src/domain/summary-work.js';

interface Listed {
  doctor: Doctor;
  dueAt?: Date | undefined;
  claim?: string | undefined;
  attempts: number;
  told?: NonNullable<SummaryTurn['told']>;
}

/** The port's promises and nothing else; what is touched counts as committed. */
export class InMemorySummaryWork extends SummaryWork {
  /** What was told, as doctor and sequence. */
  readonly facts: [doctorId: string, sequence: number][] = [];
  private readonly listed = new Map<string, Listed>();
  private readonly touched = new Set<string>();
  private tell: () => void = () => undefined;
  private claims = 0;

  /** As profiles and the doctor leave it. */
  put(doctor: Doctor): void {
    this.listed.set(doctor.id, { attempts: 0, ...this.listed.get(doctor.id), doctor });
  }

  touch(doctorId: string): void {
    this.touched.add(doctorId);
    this.tell();
  }

  whenTouched(listener: () => void): void {
    this.tell = listener;
  }

  async noteTouched(dueAt: Date): Promise<boolean> {
    const ids = [...this.touched];
    this.touched.clear();
    for (const id of ids) {
      const listed = this.listed.get(id);
      if (listed && !(listed.dueAt && listed.dueAt <= dueAt)) Object.assign(listed, { dueAt, claim: undefined });
    }
    return ids.length > 0;
  }

  async adopt(now: Date): Promise<void> {
    for (const listed of this.listed.values()) if (listed.doctor.published) listed.dueAt ??= now;
  }

  async claim(now: Date, until: Date, limit: number) {
    const waiting = [...this.listed.values()]
      .filter(({ dueAt }) => dueAt !== undefined)
      .sort((a, b) => a.dueAt!.getTime() - b.dueAt!.getTime());
    const due = waiting.filter(({ dueAt }) => dueAt! <= now);
    const next = due.length > limit ? now : waiting[due.length]?.dueAt;
    const claim = `claim-${(this.claims += 1)}`;
    const turns = due.slice(0, limit).map((listed): SummaryTurn => {
      Object.assign(listed, { claim, dueAt: until, attempts: listed.attempts + 1 });
      const { doctor, attempts, told } = listed;
      return { doctor, claim, attempts, ...(told && { told }) };
    });
    return { turns, next };
  }

  async keep(turn: SummaryTurn, summary: AvailabilitySummary, _now: Date, dueAt: Date): Promise<void> {
    this.end(turn, (listed) => {
      const before = listed.told;
      if (!before || !isDeepStrictEqual(before.summary, summary)) {
        listed.told = { summary, sequence: (before?.sequence ?? 0) + 1 };
        this.facts.push([turn.doctor.id, listed.told.sequence]);
      }
      Object.assign(listed, { dueAt, attempts: 0 });
    });
  }

  async postpone(turn: SummaryTurn, until: Date): Promise<void> {
    this.end(turn, (listed) => (listed.dueAt = until));
  }

  async drop(turn: SummaryTurn): Promise<void> {
    this.end(turn, (listed) => Object.assign(listed, { dueAt: undefined, attempts: 0 }));
  }

  private end({ doctor, claim }: SummaryTurn, change: (listed: Listed) => void): void {
    const listed = this.listed.get(doctor.id);
    if (listed?.claim !== claim) return;
    change(listed);
    listed.claim = undefined;
  }
}
