import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Appointment } from '../../src/domain/appointment.js';
import type { Appointments, Claims } from '../../src/domain/appointments.js';
import type { Slot } from '../../src/domain/slot.js';
import { ticksBetween } from '../../src/domain/ticks.js';
import { minutesAfter, type Person } from '../../src/domain/values.js';
import { booked, now, outcomes, some, startsAt, type Stores } from './appointments.contract.js';

/** What every store of appointments and claims promises of an appointment that gets another time. */
export function movesContract(open: () => Stores | Promise<Stores>): void {
  let appointments: Appointments;
  let claims: Claims;
  let doctor: Person;
  beforeAll(async () => {
    ({ appointments, claims } = await open());
  });
  beforeEach(() => {
    doctor = some('doctor');
  });

  const slotIn = (inMinutes: number, minutes = 30): Slot => {
    const from = minutesAfter(startsAt, inMinutes);
    const price = { amount: 60_000, currency: 'TND' };
    const endsAt = minutesAfter(from, minutes);
    return { doctorId: doctor.id, startsAt: from, endsAt, mode: 'video', price, bufferMinutes: 10 };
  };
  const added = async (inMinutes = 0, patient = some('patient')): Promise<Appointment> => {
    const appointment = booked({ doctor, patient, inMinutes });
    await appointments.add(appointment);
    return appointment;
  };
  const moveTo = ({ state: { id } }: Appointment, inMinutes: number, minutes?: number) =>
    appointments.update(id, (appointment) => appointment.reschedule(slotIn(inMinutes, minutes), now));
  const busy = async (personId: Person, of: 'ofDoctor' | 'ofPatient'): Promise<number[]> => [
    ...(await claims[of](personId.id, startsAt, minutesAfter(startsAt, 24 * 60), now)),
  ];
  const ticks = (from: number, to: number) => ticksBetween(minutesAfter(startsAt, from), minutesAfter(startsAt, to));

  describe('a proposal that nobody has answered', () => {
    it('is found once it has lapsed, by one replica until its lease is over', async () => {
      const { id } = (await added()).state;
      await appointments.update(id, (appointment) => appointment.accept(now));
      await appointments.update(id, (appointment) => appointment.proposeReschedule(slotIn(120), now));
      const end = minutesAfter(startsAt, 1);
      const found = async (at: Date): Promise<boolean> => {
        const { appointments: lapsed } = await appointments.claimLapsedProposals(at, end, 1_000);
        return lapsed.some(({ state }) => state.id === id);
      };
      expect(await found(now)).toBe(false);
      expect([await found(startsAt), await found(startsAt), await found(end)]).toEqual([true, false, true]);
      await appointments.update(id, (appointment) => appointment.expireIfOver(startsAt));
      expect(await found(minutesAfter(end, 5))).toBe(false);
    });
  });

  describe('an appointment that moves', () => {
    it('has its new time, for both sides, and its old one no more', async () => {
      const appointment = await added();
      await moveTo(appointment, 120);
      expect((await appointments.one(appointment.state.id)).state).toMatchObject({
        version: 2,
        ...timesOf(slotIn(120)),
      });
      expect(await busy(doctor, 'ofDoctor')).toEqual(ticks(120, 160));
      expect(await busy(appointment.state.patient, 'ofPatient')).toEqual(ticks(120, 150));
      await appointments.update(appointment.state.id, (one) => one.cancel('patient', null, now));
      expect(await busy(doctor, 'ofDoctor')).toEqual([]);
    });

    it('may overlap the time that it leaves, be longer, or within it', async () => {
      const appointment = await added();
      await moveTo(appointment, 15, 45);
      expect(await busy(doctor, 'ofDoctor')).toEqual(ticks(15, 70));
      await moveTo(appointment, 25, 20);
      expect(await busy(doctor, 'ofDoctor')).toEqual(ticks(25, 55));
      expect(await busy(appointment.state.patient, 'ofPatient')).toEqual(ticks(25, 45));
    });

    it('keeps the time that it has where somebody else has the other, and is told who', async () => {
      const [appointment] = [await added(), await added(120)];
      await expect(moveTo(appointment, 105)).rejects.toMatchObject({ refusal: 'slot-taken' });
      const elsewhere = some('doctor');
      await appointments.add(booked({ doctor: elsewhere, patient: appointment.state.patient, inMinutes: 240 }));
      await expect(moveTo(appointment, 225)).rejects.toMatchObject({ refusal: 'patient-busy' });
      expect((await appointments.one(appointment.state.id)).state).toEqual(appointment.state);
      expect(await busy(doctor, 'ofDoctor')).toEqual([...ticks(0, 40), ...ticks(120, 160)]);
    });

    it('is one of those that want the same time at once', async () => {
      const rivals = [await added(), await added(60), await added(120), await added(180)];
      const { done, failures } = await outcomes(rivals.map((one) => moveTo(one, 300)));
      expect(done).toBe(1);
      for (const failure of failures) expect(failure).toMatchObject({ refusal: 'slot-taken' });
      expect((await busy(doctor, 'ofDoctor')).length).toBe(4 * 8);
    });

    it('and its like change places through a free one, never directly', async () => {
      const [one, other] = [await added(), await added(60)];
      const { done } = await outcomes([moveTo(one, 60), moveTo(other, 0)]);
      expect(done).toBe(0);
      await moveTo(one, 120);
      await moveTo(other, 0);
      await moveTo(one, 60);
      expect(await busy(doctor, 'ofDoctor')).toEqual([...ticks(0, 40), ...ticks(60, 100)]);
    });

    it('or is called off, if both are wanted at once, and leaves no time claimed', async () => {
      const appointment = await added();
      const { id } = appointment.state;
      const called = appointments.update(id, (one) => one.cancel('patient', null, now));
      const { failures } = await outcomes([moveTo(appointment, 120), called]);
      for (const failure of failures) expect(failure).toMatchObject({ code: 'invalid-transition' });
      expect((await appointments.one(id)).state.status).toBe('cancelled');
      expect([await busy(doctor, 'ofDoctor'), await busy(appointment.state.patient, 'ofPatient')]).toEqual([[], []]);
    });
  });

  describe('another time that is proposed', () => {
    const propose = ({ state: { id } }: Appointment, inMinutes: number, minutes?: number) =>
      appointments.update(id, (one) => one.proposeReschedule(slotIn(inMinutes, minutes), now));
    const busyAt = async (at: Date): Promise<number[]> => [
      ...(await claims.ofDoctor(doctor.id, startsAt, minutesAfter(startsAt, 24 * 60), at)),
    ];
    const accept = (one: Appointment): void => one.acceptReschedule(now);

    it('is claimed beside the present one until it lapses', async () => {
      const appointment = await added();
      const { state } = await propose(appointment, 120);
      expect((await appointments.one(state.id)).state).toEqual(state);
      expect(await busyAt(now)).toEqual([...ticks(0, 40), ...ticks(120, 160)]);
      expect(await busy(state.patient, 'ofPatient')).toEqual([...ticks(0, 30), ...ticks(120, 150)]);
      expect(await busyAt(startsAt)).toEqual(ticks(0, 40));
      await expect(appointments.add(booked({ doctor, inMinutes: 120 }))).rejects.toMatchObject({
        refusal: 'slot-taken',
      });
    });

    it.each([
      ['apart from it', 120, 30, [120, 160]],
      ['over part of it', 15, 45, [15, 70]],
    ] as const)('is its own for good once it is accepted, %s', async (_, inMinutes, minutes, [from, to]) => {
      const appointment = await added();
      await propose(appointment, inMinutes, minutes);
      const { state } = await appointments.update(appointment.state.id, accept);
      expect((await appointments.one(state.id)).state).toEqual(state);
      expect([await busyAt(now), await busyAt(startsAt)]).toEqual([ticks(from, to), ticks(from, to)]);
      await appointments.update(state.id, (one) => one.cancel('doctor', null, now));
      expect(await busyAt(now)).toEqual([]);
    });

    it('is free again once it is declined, replaced or called off', async () => {
      const appointment = await added();
      const { id } = appointment.state;
      await propose(appointment, 120);
      await propose(appointment, 15);
      expect(await busyAt(now)).toEqual(ticks(0, 55));
      await propose(appointment, 240);
      expect(await busyAt(now)).toEqual([...ticks(0, 40), ...ticks(240, 280)]);
      await appointments.update(id, (one) => one.declineReschedule(now));
      expect([await busyAt(now), (await appointments.one(id)).state.proposal]).toEqual([ticks(0, 40), undefined]);
      await propose(appointment, 120);
      await appointments.update(id, (one) => one.cancel('patient', null, now));
      expect(await busyAt(now)).toEqual([]);
      expect(await busy(appointment.state.patient, 'ofPatient')).toEqual([]);
    });

    it('that has lapsed gives way, and is in the way until then', async () => {
      const appointment = await added();
      const { id } = appointment.state;
      await propose(appointment, 120);
      const other = booked({ doctor, inMinutes: 120 });
      const inTheWay = await claims.inTheWayOf(other.state);
      expect(inTheWay.map(({ appointmentId, holdUntil }) => [appointmentId, holdUntil])).toEqual(
        Array(8).fill([id, startsAt]),
      );
      await appointments.update(id, (one) => one.accept(now));
      await propose(appointment, 120);
      await appointments.update(id, (one) => one.expireIfOver(startsAt));
      expect((await appointments.one(id)).state).toMatchObject({ status: 'accepted', startsAt });
      await appointments.add(other);
    });

    it('is accepted or called off, if both are wanted at once, and leaves no time claimed', async () => {
      const appointment = await added();
      const { id } = appointment.state;
      await propose(appointment, 120);
      const called = appointments.update(id, (one) => one.cancel('doctor', null, now));
      await outcomes([appointments.update(id, accept), called]);
      expect((await appointments.one(id)).state.status).toBe('cancelled');
      expect(await busyAt(now)).toEqual([]);
    });
  });
}

const timesOf = ({ startsAt: from, endsAt }: Slot) => ({ startsAt: from, endsAt });
