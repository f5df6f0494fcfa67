import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, type Api, everyDay, type Person } from './api.js';
import { type Mode, System } from './system.js';

const modes: Mode[] = ['embedded', 'processes'];

const count = <T>(items: T[], key: (item: T) => string | number): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
};

interface Interval {
  startsAt: string;
  endsAt: string;
}

/** Pairs of intervals that share time. Instants of one format sort as text. */
const overlaps = (intervals: Interval[]): [Interval, Interval][] => {
  const sorted = [...intervals].sort((a, b) => a.startsAt.localeCompare(b.startsAt));
  return sorted.slice(1).flatMap((next, at): [Interval, Interval][] => {
    const longest = sorted.slice(0, at + 1).reduce((a, b) => (a.endsAt > b.endsAt ? a : b));
    return next.startsAt < longest.endsAt ? [[longest, next]] : [];
  });
};

describe.each(modes)('contention through the gateway, %s', (mode) => {
  let system: System;
  let api: Api;
  let patients: Person[];

  beforeAll(async () => {
    system = await System.start(mode, { env: { MEDFLOW_RATE_LIMITS: 'off' } });
    api = system.api;
    patients = await api.registerPatients(40);
  }, 180_000);
  afterAll(() => system?.discard(), 60_000);

  it('500 bookings of one slot at once: one has it, the others are told what else there is', async () => {
    const doctor = await api.publishDoctor();
    const slot = (await api.slots(doctor.id))[0]!;
    const answers = await Promise.all(
      Array.from({ length: 500 }, (_, at) => api.book(patients[at % patients.length]!, slot.id)),
    );
    expect(count(answers, ({ status }) => status)).toEqual({ 201: 1, 409: 499 });
    const losers = answers.filter(({ status }) => status === 409);
    expect(count(losers, ({ body }) => body.code)).toEqual({ 'slot-taken': 499 });
    const free = new Set((await api.slots(doctor.id)).map(({ id }) => id));
    for (const { body } of losers) {
      expect(body.alternatives.length).toBeGreaterThan(0);
      expect(body.alternatives.every(({ id }: { id: string }) => free.has(id))).toBe(true);
    }
    expect(await api.all('/appointments', doctor)).toHaveLength(1);
  }, 60_000);

  it('2,000 bookings of 102 slots whose lengths change meanwhile: no time is given twice', async () => {
    const plans = [everyDay('09:00', '17:00', 30), everyDay('09:00', '17:00', 45), everyDay('09:10', '17:00', 20)].map(
      (weekly) => ({ weekly, bufferMinutes: 5, autoAccept: true }),
    );
    const doctor = await api.publishDoctor();
    const publish = (body: object) => api.expect(200, 'PUT', '/doctors/me/availability', { token: doctor.token, body });
    const slots: Awaited<ReturnType<Api['slots']>> = [];
    for (const plan of plans) {
      await publish(plan);
      slots.push(...(await api.slots(doctor.id)).slice(0, 34));
    }
    expect(slots).toHaveLength(102);
    // The same hours cut in three ways: there is something to quarrel about.
    expect(overlaps(slots).length).toBeGreaterThan(50);
    // Each slot is wanted twenty times, by different patients, in another order each time.
    const wishes = Array.from({ length: 2000 }, (_, at) => ({
      patient: patients[(at * 7 + Math.floor(at / 100)) % patients.length]!,
      slot: slots[(at * 37) % 102]!,
    }));
    let isOver = false;
    const republished = (async () => {
      for (let turn = 0; !isOver; turn += 1) {
        await publish(plans[turn % plans.length]!);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();
    const answers: Answer[] = await Promise.all(wishes.map(({ patient, slot }) => api.book(patient, slot.id)));
    isOver = true;
    await republished;
    const won = answers.filter(({ status }) => status === 201).map(({ body }) => body);
    expect(count(answers, ({ status }) => status)).toEqual({ 201: won.length, 409: 2000 - won.length });
    expect(won.length).toBeGreaterThan(20);
    expect(overlaps(won)).toEqual([]);
    for (const patient of patients) {
      const own = won.filter((appointment) => appointment.patient.id === patient.id);
      expect(overlaps(own)).toEqual([]);
    }
    const kept = await api.all('/appointments', doctor);
    expect(kept.map(({ id }) => id).sort()).toEqual(won.map(({ id }) => id).sort());
    // Nobody was refused without need: what is still offered can be had.
    const left = (await api.slots(doctor.id)).find((slot) => slots.some(({ id }) => id === slot.id));
    if (left) expect((await api.book(await api.register('patient'), left.id)).status).toBe(201);
  }, 120_000);
});
