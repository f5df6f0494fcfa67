import type { Identified } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { writeDemoHistory } from '../src/index.js';
import { price, SchedulingHarness } from './harness.js';

const DAY_MS = 86_400_000;
const DAYS = 900;
const [FEW, MANY] = [50, 1_500];
const ROUNDS = 15;

/** Made before the first of their visits. */
const account = (role: 'doctor' | 'patient'): Identified => ({
  id: uuid({ msecs: Date.now() - (DAYS + 30) * DAY_MS }),
  role,
  firstName: 'Leïla',
  lastName: 'Ben Salah',
});
const named = ({ id }: Identified) => ({ id, firstName: 'Leïla', lastName: 'Ben Salah' });

const doctors = { few: account('doctor'), many: account('doctor') };
const patients = { few: account('patient'), many: account('patient') };

const median = (times: number[]): number => times.sort((a, b) => a - b)[times.length >> 1]!;

describe('a first page of appointments', () => {
  let harness: SchedulingHarness;
  beforeAll(async () => {
    harness = await SchedulingHarness.start();
    for (const [doctor, patient, size] of [
      [doctors.few, patients.few, FEW],
      [doctors.many, patients.many, MANY],
    ] as const) {
      const visits = Array.from({ length: size }, (_, n) => {
        const startsAt = new Date(Math.floor(Date.now() / 60_000 - ((n + 1) * DAYS * 1_440) / size) * 60_000);
        const endsAt = new Date(startsAt.getTime() + 300_000);
        const slot = { doctorId: doctor.id, startsAt, endsAt, mode: 'video' as const, price, bufferMinutes: 0 };
        return { slot, doctor: named(doctor), patient: named(patient), outcome: 'completed' as const };
      });
      for (let at = 0; at < size; at += 1_500)
        await writeDemoHistory(harness.service.database.uri, visits.slice(at, at + 1_500));
    }
  }, 180_000);
  afterAll(() => harness.stop(), 60_000);

  async function millisecondsOf(as: Identified, query: string): Promise<number> {
    const startedAt = performance.now();
    const { status, body } = await harness.service.call('GET', `/appointments?${query}`, { as });
    expect([status, body.items.length]).toEqual([200, 20]);
    return performance.now() - startedAt;
  }

  it.each([
    ['doctor', 'order=asc', doctors],
    ['doctor', 'order=desc', doctors],
    ['doctor', `order=desc&to=${new Date().toISOString()}`, doctors],
    ['patient', 'order=asc', patients],
    ['patient', `order=desc&to=${new Date().toISOString()}`, patients],
  ])(`of a %s by %s costs the same with ${FEW} and with ${MANY}`, async (_, query, { few, many }) => {
    const times: { few: number[]; many: number[] } = { few: [], many: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      times.few.push(await millisecondsOf(few, query));
      times.many.push(await millisecondsOf(many, query));
    }
    expect(median(times.many) / median(times.few)).toBeLessThan(2);
  });

  it('is followed by all the others, each once', async () => {
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await harness.service.call('GET', `/appointments?order=desc${cursor}`, { as: patients.few });
      seen.push(...body.items.map(({ startsAt }: { startsAt: string }) => startsAt));
      if (!body.nextCursor) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
    expect(seen).toHaveLength(FEW);
  });
});
