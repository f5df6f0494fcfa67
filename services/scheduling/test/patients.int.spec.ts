import { patientProfileUpdatedV1 } from '@medflow/contracts';
import { eventually, type Identified } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { writeDemoHistory } from '../src/index.js';
import { asksFirst, newPatient, next, price, SchedulingHarness } from './harness.js';

const DAY_MS = 86_400_000;
/** Patients of the one doctor and of the other, each with a few visits. */
const [FEW, MANY] = [40, 1_500];
const ROUNDS = 15;
const median = (times: number[]): number => times.sort((a, b) => a - b)[times.length >> 1]!;

describe('a doctor’s patients', () => {
  let harness: SchedulingHarness;
  beforeAll(async () => {
    harness = await SchedulingHarness.start();
  }, 60_000);
  afterAll(() => harness.stop(), 60_000);

  const list = async (as: Identified, query = '') =>
    (await harness.service.call('GET', `/doctors/me/patients?${query}`, { as })).body;
  const one = (as: Identified, id: string) => harness.service.call('GET', `/doctors/me/patients/${id}`, { as });
  const listed = async (as: Identified, expected: object) =>
    eventually(async () => {
      const { items } = await list(as);
      return items.length === 1 && Object.entries(expected).every(([name, value]) => items[0][name] === value);
    });

  it('are told of as soon as something was asked for, and not while it is held', async () => {
    const doctor = await harness.publishedDoctor();
    const hold = await harness.held(doctor);
    expect((await one(doctor, hold.patient.id)).status).toBe(404);
    await harness.authorise(hold);
    await harness.standing(hold, 'requested');
    const { body, status } = await one(doctor, hold.patient.id);
    expect([status, body]).toEqual([
      200,
      {
        id: hold.patient.id,
        firstName: 'Amina',
        lastName: 'Ben Salah',
        photo: null,
        visits: 0,
        lastVisitAt: null,
        nextVisitAt: (await harness.read(hold.patient, hold.id)).startsAt,
        noShows: 0,
        due: [],
      },
    ]);
    await eventually(async () => (await list(doctor)).items.length === 1);
    expect(await list(doctor)).toEqual({ items: [body], nextCursor: null });
  });

  it('show what is to be paid once it is accepted', async () => {
    const doctor = await harness.publishedDoctor(asksFirst);
    const hold = await asked(doctor);
    expect((await one(doctor, hold.patient.id)).body.due).toEqual([]);
    expect((await harness.step(doctor, hold, 'accept')).status).toBe(200);
    expect((await one(doctor, hold.patient.id)).body.due).toEqual([price]);
    await eventually(async () => (await list(doctor)).items[0]?.due.length === 1);
    await harness.capture(hold);
    await eventually(async () => (await list(doctor)).items[0].due.length === 0);
  });

  it('are nobody else’s', async () => {
    const [doctor, other] = [await harness.publishedDoctor(asksFirst), await harness.publishedDoctor(asksFirst)];
    const { patient } = await asked(doctor);
    expect((await one(other, patient.id)).status).toBe(404);
    expect((await one(doctor, 'nobody')).status).toBe(404);
    expect((await list(other)).items).toEqual([]);
    for (const as of [patient, { id: next('admin'), role: 'admin' } as Identified]) {
      expect((await one(as, patient.id)).status).toBe(403);
      expect((await harness.service.call('GET', '/doctors/me/patients', { as })).status).toBe(403);
    }
    expect((await harness.service.call('GET', '/doctors/me/patients')).status).toBe(401);
  });

  it('bear their new name, and are found by it', async () => {
    const doctor = await harness.publishedDoctor(asksFirst);
    const { patient } = await asked(doctor);
    await listed(doctor, { firstName: 'Amina' });
    const names = { firstName: 'Hélène', lastName: 'Ben Salah' };
    const profile = { patientId: patient.id, ...names, preferredLanguage: 'fr', timeZone: 'Africa/Tunis' };
    await harness.deliver(patientProfileUpdatedV1, patient.id, profile, 1);
    await listed(doctor, { firstName: 'Hélène' });
    expect((await list(doctor, `q=${encodeURIComponent('HELE ben')}`)).items).toHaveLength(1);
    for (const q of ['amina', '…']) expect((await list(doctor, `q=${encodeURIComponent(q)}`)).items).toEqual([]);
  });

  it('refuses a cursor that is none', async () => {
    const doctor = await harness.publishedDoctor(asksFirst);
    const { status } = await harness.service.call('GET', '/doctors/me/patients?cursor=none', { as: doctor });
    expect(status).toBe(422);
  });

  describe('of many', () => {
    const account = (role: 'doctor' | 'patient', firstName = 'Leïla'): Identified => ({
      id: uuid({ msecs: Date.now() - 1_000 * DAY_MS }),
      role,
      firstName,
      lastName: 'Ben Salah',
    });
    const doctors = { few: account('doctor'), many: account('doctor') };
    const named = ({ id, firstName }: Identified) => ({ id, firstName: firstName!, lastName: 'Ben Salah' });

    beforeAll(async () => {
      for (const [doctor, size] of [
        [doctors.few, FEW],
        [doctors.many, MANY],
      ] as const) {
        const visits = Array.from({ length: size }, (_, n) => {
          const patient = account('patient', `${n % 100 === 0 ? 'Zohra' : 'Amina'}${n}`);
          const startsAt = new Date(Math.floor((Date.now() - ((n + 1) * 900 * DAY_MS) / size) / 60_000) * 60_000);
          const endsAt = new Date(startsAt.getTime() + 300_000);
          const slot = { doctorId: doctor.id, startsAt, endsAt, mode: 'video' as const, price, bufferMinutes: 0 };
          return { slot, doctor: named(doctor), patient: named(patient), outcome: 'completed' as const };
        });
        await writeDemoHistory(harness.service.database.uri, visits);
      }
      const rows = harness.collection('doctor_patients');
      await eventually(async () => (await rows.countDocuments({ doctorId: doctors.many.id })) === MANY, {
        timeoutMs: 120_000,
      });
    }, 180_000);

    async function millisecondsOf(as: Identified, query: string): Promise<number> {
      const startedAt = performance.now();
      const { items } = await list(as, query);
      expect(items.length).toBeGreaterThan(0);
      return performance.now() - startedAt;
    }

    it.each(['', 'q=zoh', 'q=zohra0', 'q=a'])(
      `lists ?%s at the same cost with ${FEW} and with ${MANY}`,
      async (query) => {
        const times: { few: number[]; many: number[] } = { few: [], many: [] };
        for (let round = 0; round < ROUNDS; round += 1) {
          times.few.push(await millisecondsOf(doctors.few, query));
          times.many.push(await millisecondsOf(doctors.many, query));
        }
        expect(median(times.many) / median(times.few)).toBeLessThan(2);
      },
    );

    it('goes from page to page through each of them once', async () => {
      const seen: string[] = [];
      for (let cursor = ''; ;) {
        const { items, nextCursor } = await list(doctors.many, `limit=100${cursor}`);
        seen.push(...items.map(({ id }: { id: string }) => id));
        if (!nextCursor) break;
        cursor = `&cursor=${nextCursor}`;
      }
      expect(seen).toHaveLength(MANY);
      expect(new Set(seen).size).toBe(MANY);
    });
  });

  async function asked(doctor: Identified) {
    const patient = newPatient();
    const slot = (await harness.slotsOf(doctor))[0]!;
    const { status, body } = await harness.book(patient, slot.id);
    expect([status, body.status]).toEqual([201, 'requested']);
    return { id: body.id as string, slotId: slot.id, patient, doctor };
  }
});
