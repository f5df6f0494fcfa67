import type { Side } from '../../src/domain/appointment-state.js';
import { type Rename, Renames } from '../../src/domain/renames.js';
import type { NamedPerson } from '../../src/domain/values.js';
import type { InMemoryAppointments } from './appointments.js';

interface Row extends Rename {
  dueAt: Date;
}

export class RenamesInMemory extends Renames {
  private readonly rows = new Map<string, Row>();
  private tell: () => void = () => undefined;
  private turns = 0;

  constructor(private readonly appointments: InMemoryAppointments) {
    super();
  }

  async want(side: Side, person: NamedPerson, now: Date): Promise<void> {
    this.rows.set(`${side}|${person.id}`, { side, person, since: now, claim: '', dueAt: now });
    this.tell();
  }

  whenWanted(listener: () => void): void {
    this.tell = listener;
  }

  async hasAppointments(side: Side, accountId: string): Promise<boolean> {
    return [...this.appointments.states.values()].some((state) => state[side].id === accountId);
  }

  async claim(now: Date, until: Date, limit: number) {
    const rows = [...this.rows].sort(([, a], [, b]) => a.dueAt.getTime() - b.dueAt.getTime());
    const due = rows.filter(([, { dueAt }]) => dueAt <= now).slice(0, limit);
    const claim = `turn-${(this.turns += 1)}`;
    for (const [key, row] of due) this.rows.set(key, { ...row, claim, dueAt: until });
    const renames = due.map(([, { side, person, since }]) => ({ side, person, since, claim }));
    return { renames, next: rows[due.length]?.[1].dueAt };
  }

  async apply({ side, person }: Rename, limit: number): Promise<Date | undefined> {
    const older = [...this.appointments.states.values()]
      .filter((state) => state[side].id === person.id && (state[side].sequence ?? 0) < person.sequence)
      .sort((a, b) => b.startsAt.getTime() - a.startsAt.getTime())
      .slice(0, limit);
    for (const state of older) this.appointments.states.set(state.id, { ...state, [side]: person });
    return older.length === limit ? older.at(-1)!.startsAt : undefined;
  }

  async end({ side, person, claim }: Rename, again: Date | undefined): Promise<void> {
    const key = `${side}|${person.id}`;
    const row = this.rows.get(key);
    if (row?.claim !== claim) return;
    if (again) this.rows.set(key, { ...row, claim: '', dueAt: again });
    else this.rows.delete(key);
  }
}
