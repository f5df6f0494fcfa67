import { eventually } from '@medflow/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { bookAll, eachOnce, newCourse } from './persistence.js';
import { System } from './system.js';

/** `npm run chaos` asks for more of each. */
const BOOKINGS = Number(process.env.MEDFLOW_CHAOS_BOOKINGS ?? 60);
const KILLS = Number(process.env.MEDFLOW_CHAOS_CRASHES ?? 1);
const PATIENTS = 6;

describe('services that are killed while bookings run', () => {
  let system: System | undefined;
  afterEach(() => system?.discard(), 60_000);

  it.each(['scheduling', 'notifications'])(
    `every booking is kept, and each side told of it once, although %s is killed (${KILLS} times)`,
    async (name) => {
      system = await System.start('processes', { env: { MEDFLOW_RATE_LIMITS: 'off' } });
      const { api } = system;
      const doctor = await api.publishDoctor({ plan: { autoAccept: true } });
      const patients = await api.registerPatients(PATIENTS);
      const until = new Date(Date.now() + 59 * 86_400_000).toISOString();
      const slots = (await api.slots(doctor.id, `?to=${until}`)).slice(0, BOOKINGS);
      expect(slots).toHaveLength(BOOKINGS);
      const course = newCourse();
      const booking = bookAll(api, patients, slots, { course, paceMs: 20 });
      for (let kill = 1; kill <= KILLS; kill += 1) {
        await eventually(() => course.booked.length >= (BOOKINGS * kill) / (KILLS + 2), {
          timeoutMs: 120_000,
          everyMs: 5,
        });
        await system.crash(name);
      }
      await booking;
      const known = ['201', '503', 'in-progress'];
      expect(Object.keys(course.seen).filter((status) => !known.includes(status))).toEqual([]);
      // Who books asks notifications for nothing.
      if (name === 'notifications') expect(course.seen).toEqual({ 201: BOOKINGS });
      expect(course.booked).toHaveLength(BOOKINGS);
      await eachOnce(api, doctor, patients, course.booked);
    },
    300_000,
  );
});
