import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { EndLapsedHolds } from '../../src/application/end-lapsed-holds.js';
import {
  MAX_RESERVATIONS_A_DAY,
  RESERVATION_MINUTES,
  reservationOf,
  type Reservations,
} from '../../src/domain/reservation.js';
import { NotReservable } from '../../src/domain/errors.js';
import type { Slot } from '../../src/domain/slot.js';
import { minutesAfter, type Person } from '../../src/domain/values.js';
import { booked, now, outcomes, some, startsAt, type Stores } from './appointments.contract.js';

const lapsed = minutesAfter(now, RESERVATION_MINUTES);
const secret = () => Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url');

/** What every store of reservations promises, beside appointments that claim the same time. */
export function reservationsContract(open: () => Promise<Stores & { reservations: Reservations }>): void {
  let { appointments, claims, reservations } = {} as Stores & { reservations: Reservations };
  let doctor: Person;
  beforeAll(async () => {
    ({ appointments, claims, reservations } = await open());
  });
  beforeEach(() => void (doctor = some('doctor')));

  const slotAt = (inMinutes: number): Slot => {
    const from = minutesAfter(startsAt, inMinutes);
    return {
      doctorId: doctor.id,
      startsAt: from,
      endsAt: minutesAfter(from, 30),
      mode: 'video',
      price: { amount: 60_000, currency: 'TND' },
      bufferMinutes: 10,
    };
  };
  const kept = async (inMinutes = 0, at = now, previous?: string): Promise<string> => {
    const reservation = reservationOf(secret(), slotAt(inMinutes), at);
    await reservations.keep(reservation, at, previous);
    return reservation.id;
  };
  const busyAt = (at: Date) => claims.ofDoctor(doctor.id, startsAt, minutesAfter(startsAt, 60), at);
  const taken = { refusal: 'slot-taken' };

  it('keeps a slot for five minutes from whoever else wants its time', async () => {
    const id = await kept();
    expect(await reservations.keptUntil(id, now)).toEqual(minutesAfter(now, 5));
    expect(await reservations.keptUntil(id, lapsed)).toBeUndefined();
    // With the buffer; what is merely reserved is not booked.
    expect([(await busyAt(now)).size, (await busyAt(lapsed)).size]).toEqual([8, 0]);
    expect((await claims.bookedOf(doctor.id, startsAt, minutesAfter(startsAt, 60), now)).size).toBe(0);
    await expect(appointments.add(booked({ doctor, inMinutes: 15 }))).rejects.toMatchObject(taken);
    await expect(kept(15)).rejects.toMatchObject(taken);
    expect(await reservations.keptUntil(`${secret()}.${id.split('.')[1]}`, now)).toBeUndefined();
  });

  it('gives way to the booking of its visitor alone', async () => {
    const id = await kept();
    const { state } = booked({ doctor });
    await appointments.add(booked({ doctor, id: state.id }), undefined, id);
    expect(await reservations.keptUntil(id, now)).toBeUndefined();
    expect((await claims.bookedOf(doctor.id, startsAt, minutesAfter(startsAt, 60), now)).size).toBe(8);
    // Of another slot, it stands in nobody’s way either.
    const other = await kept(120);
    await expect(
      appointments.add(booked({ doctor, inMinutes: 120 }), undefined, await kept(240)),
    ).rejects.toMatchObject(taken);
    expect(await reservations.keptUntil(other, now)).toBeDefined();
  });

  it('stays where the booking of its visitor is refused for something else', async () => {
    const id = await kept();
    const { patient } = booked({ doctor }).state;
    await appointments.add(booked({ doctor: some('doctor'), patient }));
    await expect(appointments.add(booked({ doctor, patient }), undefined, id)).rejects.toMatchObject({
      refusal: 'patient-busy',
    });
    expect(await reservations.keptUntil(id, now)).toBeDefined();
  });

  it('once lapsed gives way to anybody', async () => {
    await kept();
    const { state } = booked({ doctor, inMinutes: 15 });
    expect(await new EndLapsedHolds(appointments, claims).onTimeOf(state, now)).toBe(false);
    expect(await new EndLapsedHolds(appointments, claims).onTimeOf(state, lapsed)).toBe(true);
    await appointments.add(booked({ doctor, inMinutes: 15 }));
    await kept(120);
    const again = await kept(135, lapsed);
    expect(await reservations.keptUntil(again, lapsed)).toEqual(minutesAfter(lapsed, RESERVATION_MINUTES));
  });

  it('of one visitor follows them to another slot, also to one that overlaps', async () => {
    const first = await kept();
    const second = await kept(15, now, first);
    expect([await reservations.keptUntil(first, now), (await busyAt(now)).size]).toEqual([undefined, 8]);
    await appointments.add(booked({ doctor, inMinutes: 120 }));
    // Nothing is lost where the other one is taken.
    await expect(kept(120, now, second)).rejects.toMatchObject(taken);
    expect(await reservations.keptUntil(second, now)).toBeDefined();
    await reservations.release(second);
    expect((await busyAt(now)).size).toBe(0);
    await reservations.release(second);
    await reservations.release('of-nobody');
  });

  it('is one of few on a doctor’s day, and counts no more once it is over', async () => {
    for (let n = 0; n < MAX_RESERVATIONS_A_DAY; n += 1) await kept(60 * n);
    const next = 60 * MAX_RESERVATIONS_A_DAY;
    await expect(kept(next)).rejects.toThrow(NotReservable);
    await kept(next + 24 * 60);
    await kept(next, lapsed);
  });

  it('is one of ten that want the same slot at once', async () => {
    const { done, failures } = await outcomes(Array.from({ length: 10 }, () => kept()));
    expect(done).toBe(1);
    for (const failure of failures) expect(failure).toMatchObject(taken);
  });

  it('is not made where a hold has lapsed and nobody has ended it yet: who books does', async () => {
    await appointments.add(booked({ doctor, terms: { payment: 'at-booking', holdMinutes: 1 } }), 0);
    await expect(kept(0, now)).rejects.toMatchObject(taken);
    await expect(kept(0, minutesAfter(now, 1))).rejects.toThrow(NotReservable);
  });
}
