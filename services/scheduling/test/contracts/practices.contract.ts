import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Appointments } from '../../src/domain/appointments.js';
import { defaultPlan } from '../../src/domain/availability-plan.js';
import type { Doctors } from '../../src/domain/doctors.js';
import { VersionMismatch } from '../../src/domain/errors.js';
import type { Practices } from '../../src/domain/practice.js';
import { minutesAfter } from '../../src/domain/values.js';
import { booked, now, outcomes, some, startsAt } from './appointments.contract.js';

export interface PracticeStores {
  doctors: Doctors;
  practices: Practices;
  appointments: Appointments;
}

/** What every store of doctors and of what they may do promises. @param open stores in which nobody settles anything */
export function practicesContract(open: () => PracticeStores | Promise<PracticeStores>): void {
  let doctors: Doctors;
  let practices: Practices;
  let appointments: Appointments;
  let id: string;
  beforeAll(async () => {
    ({ doctors, practices, appointments } = await open());
  });
  beforeEach(() => {
    id = some('doctor').id;
  });

  const card = (firstName = 'Karim', city = 'Tunis') => ({
    id,
    firstName,
    lastName: 'Trabelsi',
    specializations: ['cardiology', 'paediatrics'],
    city,
  });

  describe('a doctor', () => {
    it('is nobody before anything is told of them', async () => {
      expect(await doctors.find(id)).toBeUndefined();
      expect(await practices.barredSince(id)).toBeUndefined();
    });

    it('may publish hours before profiles tells of them, and is not published by that', async () => {
      expect(await doctors.publishAvailability(id, { ...defaultPlan, horizonDays: 7 }, undefined)).toBe(1);
      const { published, version, availability } = (await doctors.find(id))!;
      expect([published, version, availability.plan.horizonDays]).toEqual([false, 1, 7]);
    });

    it('changes the hours that were read, and no others', async () => {
      await doctors.publishAvailability(id, { ...defaultPlan, horizonDays: 7 }, 0);
      const changes = Array.from({ length: 10 }, (_, n) =>
        doctors.publishAvailability(id, { ...defaultPlan, horizonDays: 10 + n }, 1),
      );
      const { done, failures } = await outcomes(changes);
      expect([done, failures.every((failure) => failure instanceof VersionMismatch)]).toEqual([1, true]);
      expect((await doctors.find(id))!.version).toBe(2);
    });

    it('gets a version for each of ten changes at once that read nothing', async () => {
      const versions = Array.from({ length: 10 }, () => doctors.publishAvailability(id, defaultPlan, undefined));
      expect((await Promise.all(versions)).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    });

    it('is as the latest word of profiles has them, whatever order it comes in', async () => {
      await doctors.show(card('Karim'), 5);
      await doctors.hide(id, 4);
      await doctors.show(card('Early'), 3);
      await doctors.show(card('Again'), 5);
      expect(await doctors.find(id)).toMatchObject({ published: true, person: { id, firstName: 'Karim' } });
      await doctors.hide(id, 6);
      expect(await doctors.find(id)).toMatchObject({ published: false, person: { firstName: 'Karim' } });
    });

    it('keeps the hours whatever profiles tells', async () => {
      await doctors.publishAvailability(id, { ...defaultPlan, horizonDays: 7 }, undefined);
      await doctors.show(card(), 1);
      await doctors.bar(id, now, 2);
      const { version, availability } = (await doctors.find(id))!;
      expect([version, availability.plan.horizonDays]).toEqual([1, 7]);
    });

    it('is barred since the first time, until they may see patients again', async () => {
      await doctors.show(card(), 1);
      await doctors.bar(id, now, 2);
      await doctors.bar(id, minutesAfter(now, 5), 3);
      expect(await doctors.find(id)).toMatchObject({ published: false, barredSince: now });
      expect(await practices.barredSince(id)).toEqual(now);
      await doctors.hide(id, 4);
      expect(await practices.barredSince(id)).toBeUndefined();
      await doctors.bar(id, minutesAfter(now, 10), 5);
      expect(await practices.barredSince(id)).toEqual(minutesAfter(now, 10));
      await doctors.show(card(), 6);
      expect((await doctors.find(id))!.barredSince).toBeUndefined();
    });
  });

  describe('a change of practice', () => {
    /** Given to anybody again at once. */
    const claimed = async (at: Date, until = at) => (await practices.claim(at, until, 1_000)).changes;
    const mine = async (at = startsAt) => (await claimed(at)).find(({ doctorId }) => doctorId === id);
    const claim = expect.any(String);

    it('is to be looked at once profiles has told of it, with what patients can look for instead', async () => {
      expect(await mine()).toBeUndefined();
      await doctors.show(card(), 1);
      const searchFor = { specialization: 'cardiology', city: 'Tunis' };
      expect(await mine()).toEqual({ doctorId: id, searchFor, sequence: 1, claim });
      await doctors.bar(id, now, 2);
      expect(await mine()).toEqual({ doctorId: id, barredSince: now, since: now, searchFor, sequence: 2, claim });
      await doctors.show(card(), 3);
      expect(await mine()).toEqual({ doctorId: id, since: now, searchFor, sequence: 3, claim });
    });

    it('is looked at again when that is wanted, and no more once it is settled', async () => {
      await doctors.bar(id, now, 1);
      const next = minutesAfter(startsAt, 1);
      await practices.settled((await mine())!, next);
      expect([await mine(), (await mine(next))?.since]).toEqual([undefined, now]);
      await practices.settled((await mine(next))!, undefined);
      expect(await mine(next)).toBeUndefined();
      await doctors.show(card(), 2);
      expect((await mine())!.since).toEqual(now);
      await practices.settled((await mine())!, undefined);
      await doctors.show(card(), 3);
      expect((await mine())!.since).toBeUndefined();
    });

    it('is not settled by who has looked at an earlier one', async () => {
      await doctors.bar(id, now, 1);
      const before = (await mine())!;
      await doctors.show(card(), 2);
      await practices.settled(before, undefined);
      expect(await mine()).toMatchObject({ since: now, sequence: 2 });
    });

    it('is looked at by one replica, or by another when that one’s lease is over', async () => {
      await doctors.bar(id, now, 1);
      const end = minutesAfter(startsAt, 1);
      const both = await Promise.all([claimed(startsAt, end), claimed(startsAt, end)]);
      const before = both.flat().filter(({ doctorId }) => doctorId === id);
      expect([before.length, await mine()]).toEqual([1, undefined]);
      const after = (await mine(end))!;
      await practices.settled(before[0]!, undefined);
      expect((await mine(end))?.sequence).toBe(1);
      await practices.settled(after, undefined);
      expect((await mine(end))?.sequence).toBe(1);
      await practices.settled((await mine(end))!, undefined);
      expect(await mine(end)).toBeUndefined();
    });

    it('waits its turn, the longest waiting first', async () => {
      const [first, second] = [some('doctor').id, some('doctor').id];
      for (const [doctorId, minutes] of [
        [first, 3],
        [second, 2],
      ] as const) {
        await doctors.bar(doctorId, now, 1);
        id = doctorId;
        await practices.settled((await mine())!, minutesAfter(startsAt, minutes));
      }
      const order = (await claimed(minutesAfter(startsAt, 3))).map(({ doctorId }) => doctorId);
      expect(order.filter((one) => [first, second].includes(one))).toEqual([second, first]);
    });

    it('concerns what is held, asked for or accepted since then, by start, as long as nobody was told', async () => {
      const doctor = { id, firstName: 'Karim', lastName: 'Trabelsi' };
      const made = [booked({ doctor }), booked({ doctor, inMinutes: 60 }), booked({ doctor, inMinutes: 120 })];
      const held = booked({ doctor, inMinutes: 180, terms: { payment: 'at-booking' } });
      const done = booked({ doctor, inMinutes: 240 });
      const other = booked({ doctor: some('doctor') });
      for (const appointment of [...made, done, other].toReversed()) await appointments.add(appointment);
      await appointments.add(held, 0);
      await appointments.update(done.state.id, (one) => one.reject('Absent', now));
      const [asked, accepted, far] = made.map(({ state }) => state);
      for (const { id: one } of [accepted!, far!]) await appointments.update(one, (found) => found.accept(now));
      await doctors.bar(id, now, 1);
      const change = (await mine())!;
      const misfits = async (at = now, limit = 10) =>
        (await practices.misfits(change, at, limit)).map(({ state }) => state.id);
      expect(await misfits()).toEqual([asked!.id, accepted!.id, far!.id, held.state.id]);
      expect(await misfits(now, 2)).toEqual([asked!.id, accepted!.id]);
      for (const one of await misfits()) await appointments.update(one, (found) => found.loseDoctor({}, now));
      expect(await misfits()).toEqual([]);
      expect(await practices.nextWithoutDoctor(id, now)).toEqual(accepted!.startsAt);
      expect(await practices.nextWithoutDoctor(id, accepted!.startsAt)).toEqual(far!.startsAt);
      expect(await practices.nextWithoutDoctor(id, far!.startsAt)).toBeUndefined();
      // It would have begun by then.
      expect(await misfits(accepted!.startsAt)).toEqual([accepted!.id]);
      await doctors.show(card(), 2);
      const again = (await mine())!;
      const waiting = (await practices.misfits(again, now, 10)).map(({ state }) => state.id);
      expect(waiting).toEqual([accepted!.id, far!.id]);
      for (const one of waiting) await appointments.update(one, (found) => found.regainDoctor(now));
      expect(await practices.misfits(again, now, 10)).toEqual([]);
    });
  });
}
