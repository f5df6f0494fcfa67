import { Injectable } from '@nestjs/common';
import { People, type Person } from '@medflow/people';
import { type IncomeLine, type IncomeTotals, Ledger } from '../domain/charges.js';
import type { IncomeDay } from '../domain/ledger.js';

export interface Period {
  from?: Date;
  to?: Date;
}

export interface IncomeRead extends IncomeLine {
  patient: Person;
}

/** Names are looked up for so many lines at a time. */
const BATCH = 200;

/** A doctor's books. */
@Injectable()
export class ReadIncomeHandler {
  constructor(
    private readonly ledger: Ledger,
    private readonly people: People,
  ) {}

  async page(
    doctorId: string,
    period: Period,
    page: { limit: number; after?: { at: Date; id: string } },
  ): Promise<{ lines: IncomeRead[]; totals: IncomeTotals[] }> {
    const [lines, totals] = await Promise.all([
      this.ledger.lines(doctorId, period, page),
      this.ledger.totals(doctorId, period),
    ]);
    return { lines: await this.named(lines), totals };
  }

  /** All of the period, oldest first. */
  async *all(doctorId: string, period: Period): AsyncIterable<IncomeRead> {
    let batch: IncomeLine[] = [];
    for await (const line of this.ledger.everyLine(doctorId, period)) {
      batch.push(line);
      if (batch.length === BATCH) {
        yield* await this.named(batch);
        batch = [];
      }
    }
    yield* await this.named(batch);
  }

  days(doctorId: string, from: string, to: string): Promise<IncomeDay[]> {
    return this.ledger.days(doctorId, from, to);
  }

  private async named(lines: readonly IncomeLine[]): Promise<IncomeRead[]> {
    const people = await this.people.find(lines.map(({ patientId }) => patientId));
    return lines.map((line) => ({ ...line, patient: people.get(line.patientId)! }));
  }
}
