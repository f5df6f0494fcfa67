import { beforeAll, describe, expect, it } from '@jest/globals';
import { Appointment } from '../../src/domain/appointment.js';
import type { Appointments, ClaimedAppointments, Claims } from '../../src/domain/appointments.js';
import type { BookingTerms } from '../../src/domain/booking.js';
import { defaultCancellation } from '../../src/domain/cancellation-policy.js';
import { BookedBefore, ConcurrentChange, NotFound, PlaceTaken, TooManyOpenRequests } from '../../src/domain/errors.js';
import type { Slot } from '../../src/domain/slot.js';
import { ticksBetween } from '../../src/domain/ticks.js';
import { minutesAfter, type Person } from '../../src/domain/values.js';

export interface Stores {
  appointments: Appointments;
  claims: Claims;
}

/** Far enough ahead that nothing of it comes to its end while the suite runs. */
export const now = new Date(Math.ceil((Date.now() + 86_400_000) / 3_600_000) * 3_600_000);
export const startsAt = minutesAfter(now, 24 * 60);
const HOLD_MINUTES = 10;

export const some = (name: string): Person => ({
  id: `${name}-${crypto.randomUUID()}`,
  firstName: 'Amina',
  lastName: 'Ben Salah',
});

interface Wanted {
  doctor: Person;
  patient?: Person;
  id?: string;
  inMinutes?: number;
  terms?: Partial<BookingTerms>;
}

export function booked({
  doctor,
  patient = some('patient'),
  id = some('appointment').id,
  inMinutes = 0,
  terms,
}: Wanted) {
  const from = minutesAfter(startsAt, inMinutes);
  const price = { amount: 60_000, currency: 'TND' };
  const slot: Slot = {
    doctorId: doctor.id,
    startsAt: from,
    endsAt: minutesAfter(from, 30),
    mode: 'video',
    price,
    bufferMinutes: 10,
  };
  const usual = {
    payment: 'after-acceptance',
    autoAccept: false,
    cancellation: defaultCancellation,
    holdMinutes: HOLD_MINUTES,
  } as const;
  return Appointment.book({ id, slot, doctor, patient, reason: 'Contrôle', terms: { ...usual, ...terms } }, now);
}

const held = (wanted: Wanted): Appointment => booked({ ...wanted, terms: { payment: 'at-booking' } });
const authorised = { status: 'authorised', paymentId: 'pay-1', sequence: 1 } as const;
const later = minutesAfter(now, HOLD_MINUTES + 1);

export const outcomes = async (works: Promise<unknown>[]) => {
  const settled = await Promise.allSettled(works);
  return {
    done: settled.filter(({ status }) => status === 'fulfilled').length,
    failures: settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : [])),
  };
};

/** What every store of appointments and claims promises. @param open stores that may hold others' appointments already */
export function appointmentsContract(open: () => Stores | Promise<Stores>): void {
  let appointments: Appointments;
  let claims: Claims;
  let doctor: Person;
  beforeAll(async () => {
    ({ appointments, claims } = await open());
  });

  const mineOf = ({ appointments: claimed }: ClaimedAppointments) =>
    claimed.map(({ state }) => state).filter((state) => state.doctor.id === doctor.id);

  const busyAt = (at: Date) => claims.ofDoctor(doctor.id, startsAt, minutesAfter(startsAt, 60), at);
  const added = async (appointment: Appointment, place?: number): Promise<Appointment> => {
    await appointments.add(appointment, place);
    return appointments.one(appointment.state.id);
  };

  describe('a new appointment', () => {
    beforeAll(() => void (doctor = some('doctor')));

    it('is kept as it is, for its two sides and nobody else, and claims their time', async () => {
      const { state } = await added(booked({ doctor }));
      expect(state).toMatchObject({ status: 'requested', version: 1, startsAt, reason: 'Contrôle' });
      for (const side of ['doctor', 'patient'] as const) {
        const owner = { side, accountId: state[side].id };
        expect((await appointments.ofOwner(owner, state.id)).state).toEqual(state);
        await expect(appointments.ofOwner({ ...owner, accountId: 'other' }, state.id)).rejects.toThrow(NotFound);
      }
      // The doctor's goes on after the end.
      expect([...(await busyAt(now))]).toEqual(ticksBetween(startsAt, minutesAfter(startsAt, 40)));
      expect((await claims.ofPatient(state.patient.id, startsAt, minutesAfter(startsAt, 60), now)).size).toBe(6);
    });

    it('is refused the time of another, and told whose it is', async () => {
      const elsewhere = some('doctor');
      const { patient } = (await added(booked({ doctor: elsewhere, inMinutes: 600 }))).state;
      await expect(appointments.add(booked({ doctor: elsewhere, inMinutes: 635 }))).rejects.toMatchObject({
        refusal: 'slot-taken',
      });
      const busy = booked({ doctor: some('doctor'), patient, inMinutes: 615 });
      await expect(appointments.add(busy)).rejects.toMatchObject({ refusal: 'patient-busy' });
      await expect(appointments.one(busy.state.id)).rejects.toThrow(NotFound);
    });

    it('is one of ten that want the same time at once', async () => {
      const wanted = Array.from({ length: 10 }, () => booked({ doctor, inMinutes: 120 }));
      const { done, failures } = await outcomes(wanted.map((one) => appointments.add(one)));
      expect(done).toBe(1);
      for (const failure of failures) expect(failure).toMatchObject({ refusal: 'slot-taken' });
    });

    it('is added once under one id', async () => {
      const first = booked({ doctor, inMinutes: 240 });
      await appointments.add(first);
      await expect(appointments.add(first)).rejects.toMatchObject({ refusal: 'slot-taken' });
      expect((await claims.inTheWayOf(first.state))[0]).toMatchObject({ appointmentId: first.state.id });
      const again = booked({ doctor, id: first.state.id, inMinutes: 300 });
      await expect(appointments.add(again)).rejects.toThrow(BookedBefore);
      expect([
        ...(await claims.ofDoctor(doctor.id, minutesAfter(startsAt, 300), minutesAfter(startsAt, 340), now)),
      ]).toEqual([]);
    });

    it('waits for its answer with as many as may, also when several come at once', async () => {
      const patient = some('patient');
      const wanted = [0, 1, 2, 3, 4].map((n) =>
        booked({ doctor: { ...doctor, id: `${doctor.id}-asked` }, patient, inMinutes: 60 * n }),
      );
      const { done, failures } = await outcomes(wanted.map((one) => appointments.add(one)));
      expect(done).toBe(3);
      for (const failure of failures) expect(failure).toBeInstanceOf(TooManyOpenRequests);
    });
  });

  describe('a hold', () => {
    beforeAll(() => void (doctor = some('doctor')));

    it('has its place to itself, also when several come at once, and is hidden from the doctor', async () => {
      const patient = some('patient');
      const { done, failures } = await outcomes(
        [0, 60, 120].map((inMinutes) => appointments.add(held({ doctor, patient, inMinutes }), 1)),
      );
      expect([done, failures.every((failure) => failure instanceof PlaceTaken)]).toEqual([1, true]);
      const places = await claims.holdPlacesOf(patient.id);
      expect(places.map((claim) => claim?.holdUntil)).toEqual([undefined, minutesAfter(now, HOLD_MINUTES), undefined]);
      await expect(appointments.ofDoctor(doctor.id, places[1]!.appointmentId)).rejects.toThrow(NotFound);
    });

    it('is in the way of who wants its time until it is ended, and busy until it lapses', async () => {
      doctor = some('doctor');
      const { state } = await added(held({ doctor }), 0);
      const other = booked({ doctor, inMinutes: 15 });
      await expect(appointments.add(other)).rejects.toMatchObject({ refusal: 'slot-taken' });
      const [claim, ...more] = [
        ...new Set((await claims.inTheWayOf(other.state)).map(({ appointmentId }) => appointmentId)),
      ];
      expect([claim, more]).toEqual([state.id, []]);
      expect([(await busyAt(now)).size, (await busyAt(later)).size]).toEqual([8, 0]);
      await appointments.update(state.id, (hold) => hold.expire(later));
      expect(await claims.inTheWayOf(other.state)).toEqual([]);
      expect(await claims.holdPlacesOf(state.patient.id)).toEqual([undefined, undefined, undefined]);
      await appointments.add(other);
    });

    it('has its time for good once it is paid, and its place no more', async () => {
      doctor = some('doctor');
      const { id, patient } = (await added(held({ doctor }), 2)).state;
      const paid = await appointments.update(id, (hold) => void hold.learnPayment(authorised, now));
      expect((await appointments.ofDoctor(doctor.id, id)).state).toEqual(paid.state);
      expect((await busyAt(later)).size).toBe(8);
      expect(await claims.holdPlacesOf(patient.id)).toEqual([undefined, undefined, undefined]);
    });

    it('whose payment comes late claims its time once more, unless somebody else has it', async () => {
      doctor = some('doctor');
      const [won, lost] = [await added(held({ doctor }), 0), await added(held({ doctor, inMinutes: 120 }), 0)];
      for (const { state } of [won, lost]) await appointments.update(state.id, (hold) => hold.expire(later));
      await appointments.add(booked({ doctor, inMinutes: 120 }));
      const revive = (hold: Appointment): void => {
        hold.learnPayment(authorised, later);
        hold.settleLatePayment(true, later);
      };
      expect((await appointments.update(won.state.id, revive)).state.status).toBe('requested');
      expect((await busyAt(later)).size).toBe(8);
      await expect(appointments.update(lost.state.id, revive)).rejects.toThrow(ConcurrentChange);
      expect((await appointments.one(lost.state.id)).state).toMatchObject({
        status: 'expired',
        payment: { sequence: 0 },
      });
    });

    it('is found once it has lapsed, the oldest first', async () => {
      doctor = some('doctor');
      const short = await added(booked({ doctor, terms: { payment: 'at-booking', holdMinutes: 5 } }), 0);
      const long = await added(held({ doctor, inMinutes: 60 }), 0);
      const early = await appointments.claimLapsedHolds(minutesAfter(now, 4), minutesAfter(now, 4), 100);
      expect(mineOf(early)).toEqual([]);
      expect(early.next!.getTime()).toBeLessThanOrEqual(minutesAfter(now, 5).getTime());
      expect(mineOf(await appointments.claimLapsedHolds(later, later, 100))).toEqual([short.state, long.state]);
    });

    it('is ended by one replica, or by another when that one’s lease is over', async () => {
      doctor = some('doctor');
      const { state } = await added(held({ doctor, inMinutes: 120 }), 0);
      const end = minutesAfter(later, 1);
      const both = [1, 2].map(() => appointments.claimLapsedHolds(later, end, 100));
      expect((await Promise.all(both)).flatMap(mineOf)).toEqual([state]);
      expect(mineOf(await appointments.claimLapsedHolds(later, end, 100))).toEqual([]);
      expect(mineOf(await appointments.claimLapsedHolds(end, end, 100))).toEqual([state]);
      await appointments.update(state.id, (hold) => hold.expire(later));
      expect(mineOf(await appointments.claimLapsedHolds(end, end, 100))).toEqual([]);
    });
  });

  describe('a request that nobody has answered', () => {
    it('is found once its visit would begin, the earliest first, by one replica until its lease is over', async () => {
      doctor = some('doctor');
      const [second, first] = [await added(booked({ doctor, inMinutes: 120 })), await added(booked({ doctor }))];
      const accepted = await added(booked({ doctor, inMinutes: 60 }));
      await appointments.update(accepted.state.id, (appointment) => appointment.accept(now));
      const [begun, end] = [second.state.startsAt, minutesAfter(second.state.startsAt, 1)];
      expect(mineOf(await appointments.claimUnanswered(now, end, 1_000))).toEqual([]);
      expect(mineOf(await appointments.claimUnanswered(begun, end, 1_000))).toEqual([first.state, second.state]);
      expect(mineOf(await appointments.claimUnanswered(begun, end, 1_000))).toEqual([]);
      await appointments.update(first.state.id, (appointment) => appointment.expire(begun));
      expect(mineOf(await appointments.claimUnanswered(end, end, 1_000))).toEqual([second.state]);
    });
  });

  describe('a change', () => {
    beforeAll(() => void (doctor = some('doctor')));

    it('is saved once of two that were decided on the same state', async () => {
      const { id } = (await added(booked({ doctor }))).state;
      const loaded = await Promise.all([appointments.one(id), appointments.one(id)]);
      loaded.forEach((appointment, n) => (n === 0 ? appointment.accept(now) : appointment.reject('Absent', now)));
      const { done, failures } = await outcomes(loaded.map((appointment) => appointments.save(appointment)));
      expect([done, failures.every((failure) => failure instanceof ConcurrentChange)]).toEqual([1, true]);
      expect((await appointments.one(id)).state.version).toBe(2);
    });

    it('frees the time of what is called off', async () => {
      doctor = some('doctor');
      const { id } = (await added(booked({ doctor }))).state;
      await appointments.update(id, (appointment) => appointment.accept(now));
      expect((await busyAt(now)).size).toBe(8);
      await appointments.update(id, (appointment) => appointment.cancel('patient', null, now));
      expect((await busyAt(now)).size).toBe(0);
    });

    it('is decided again when another was faster', async () => {
      const { id } = (await added(booked({ doctor, inMinutes: 60 }))).state;
      const seen: string[] = [];
      const { state } = await appointments.update(id, async (appointment) => {
        seen.push(appointment.state.status);
        if (seen.length === 1) await appointments.update(id, (same) => same.accept(now));
        appointment.cancel('doctor', null, now);
      });
      expect([seen, state.status, state.version]).toEqual([['requested', 'accepted'], 'cancelled', 3]);
    });

    it('that changes nothing, or is refused, saves nothing', async () => {
      const { state } = await added(booked({ doctor, inMinutes: 120 }));
      await appointments.update(state.id, (appointment) => appointment.expireIfOver(now));
      const refuse = (appointment: Appointment): void => appointment.complete(now);
      await expect(appointments.update(state.id, refuse)).rejects.toMatchObject({ code: 'invalid-transition' });
      const asOwner = { side: 'patient', accountId: 'other' } as const;
      await expect(appointments.update(state.id, () => undefined, asOwner)).rejects.toThrow(NotFound);
      expect((await appointments.one(state.id)).state).toEqual(state);
    });
  });
}
