import { describe, expect, it } from '@jest/globals';
import { Appointment } from './appointment.js';
import type { PaymentStatus } from './appointment-state.js';
import type { BookingTerms } from './booking.js';
import { InvalidTransition, PriceDiffers, TooLate } from './errors.js';
import { claimedTimes, movableUntil, openProposal } from './rescheduling.js';
import { changesTime } from './saved-changes.js';
import type { Slot } from './slot.js';
import { minutesAfter } from './values.js';

const now = new Date('2026-11-23T08:00:00Z');
const startsAt = new Date('2026-11-26T08:00:00Z');
const until = minutesAfter(startsAt, -12 * 60);
const price = { amount: 60_000, currency: 'TND' };
const slotAt = (from: Date, more: Partial<Slot> = {}): Slot => ({
  doctorId: 'd1',
  startsAt: from,
  endsAt: minutesAfter(from, 30),
  mode: 'video',
  price,
  bufferMinutes: 5,
  ...more,
});
const later = slotAt(minutesAfter(startsAt, 24 * 60));

function booked(over: Partial<BookingTerms> = {}, slot: Partial<Slot> = {}): Appointment {
  const terms: BookingTerms = {
    payment: 'after-acceptance',
    autoAccept: false,
    cancellation: { cutoffHours: 12, tiers: [{ hoursBefore: 2, refundPercent: 50 }] },
    holdMinutes: 10,
    ...over,
  };
  const doctor = { id: 'd1', firstName: 'Karim', lastName: 'Trabelsi' };
  const patient = { id: 'p1', firstName: 'Amina', lastName: 'Ben Salah' };
  return Appointment.book({ id: 'a1', slot: slotAt(startsAt, slot), doctor, patient, reason: null, terms }, now);
}

const accepted = (over: Partial<BookingTerms> = {}, slot: Partial<Slot> = {}): Appointment => {
  const appointment = booked(over, slot);
  appointment.accept(now);
  return appointment;
};
const pay = (appointment: Appointment, status: PaymentStatus, sequence = 1): Appointment => {
  appointment.learnPayment({ status, paymentId: 'pay1', sequence }, now);
  return appointment;
};
const taken = () => {
  const appointment = pay(booked({ payment: 'at-booking' }), 'authorised');
  appointment.accept(now);
  return pay(appointment, 'paid', 2);
};
const move = (appointment: Appointment, slot: Slot, at = now): Appointment => {
  appointment.reschedule(slot, at);
  return appointment;
};

describe('an appointment that its patient moves', () => {
  it('waits for the doctor’s answer at its new time, one version on, and tells of both times', () => {
    const appointment = move(accepted(), { ...later, mode: 'in-person', bufferMinutes: 10 });
    const { startsAt: from, endsAt } = later;
    expect(appointment.state).toMatchObject({
      ...{ status: 'requested', startsAt: from, endsAt, mode: 'in-person', bufferMinutes: 10, version: 3 },
    });
    expect(appointment.facts.at(-1)).toMatchObject({ name: 'rescheduled', by: 'patient', previousStartsAt: startsAt });
    appointment.accept(now);
    expect(appointment.state.status).toBe('accepted');
  });

  it('stays accepted where the doctor accepts every booking', () => {
    expect(move(booked({ autoAccept: true }), later).state.status).toBe('accepted');
  });

  it('keeps what is paid or set aside, and the terms that it was booked on', () => {
    for (const appointment of [taken(), pay(booked({ payment: 'at-booking' }), 'authorised')]) {
      const { payment, policy, timing } = appointment.state;
      expect(move(appointment, later).state).toMatchObject({ payment, policy, timing });
    }
  });

  it('takes none of the few places of open requests once the doctor had accepted it', () => {
    expect(move(booked(), later).isOpenRequest).toBe(true);
    expect(move(accepted(), later).isOpenRequest).toBe(false);
  });

  it('stays as it is in the slot that it has', () => {
    const appointment = accepted();
    expect(move(appointment, slotAt(startsAt)).state.version).toBe(2);
  });

  it('may be moved for as long as calling it off gives all back', () => {
    expect(move(taken(), later, until).state.status).toBe('requested');
    const tooLate = minutesAfter(until, 1);
    expect(() => move(taken(), later, tooLate)).toThrow(TooLate);
    const called = taken();
    called.cancel('patient', null, tooLate);
    expect(called.state.refund?.percent).toBe(50);
    // Nobody has said yes yet, so it costs nothing until it begins.
    for (const appointment of [booked(), pay(booked({ payment: 'at-booking' }), 'authorised')]) {
      expect(movableUntil(appointment.state)).toEqual(startsAt);
      expect(move(appointment, later, minutesAfter(startsAt, -1)).state.status).toBe('requested');
    }
    expect(() => move(booked(), later, startsAt)).toThrow(TooLate);
  });

  it('is one that is asked for or accepted, by a doctor who may see patients', () => {
    expect(() => move(booked({ payment: 'at-booking' }), later)).toThrow(InvalidTransition);
    const over = accepted();
    over.cancel('doctor', null, now);
    const without = accepted();
    without.loseDoctor({}, now);
    for (const appointment of [over, without]) expect(() => move(appointment, later)).toThrow(InvalidTransition);
    expect(() => move(over, slotAt(startsAt))).toThrow(InvalidTransition);
  });

  it.each([
    ['a request that is paid once it is accepted', () => booked()],
    ['a free visit', () => accepted({}, { price: { ...price, amount: 0 } })],
  ])('takes the other price with %s', (_, of) => {
    const dearer = { ...price, amount: 70_000 };
    expect(move(of(), { ...later, price: dearer }).state).toMatchObject({ price: dearer, payment: { status: 'due' } });
    const free = { ...price, amount: 0 };
    expect(move(booked(), { ...later, price: free }).state.payment.status).toBe('none');
  });

  it.each([
    ['what is paid', taken],
    ['what is set aside', () => pay(booked({ payment: 'at-booking' }), 'authorised')],
    ['what its patient may be paying', () => accepted()],
    ['what its patient may have been paying before it was moved', () => move(accepted(), later)],
    [
      'what would have to be paid at booking',
      () => booked({ payment: 'at-booking' }, { price: { ...price, amount: 0 } }),
    ],
  ])('keeps %s to its price', (_, of) => {
    const { price: kept } = of().state;
    for (const other of [
      { ...kept, amount: kept.amount + 10_000 },
      { amount: kept.amount, currency: 'EUR' },
    ])
      expect(() => move(of(), { ...slotAt(minutesAfter(startsAt, 60)), price: other })).toThrow(PriceDiffers);
    expect(move(of(), { ...slotAt(minutesAfter(startsAt, 60)), price: kept }).state.price).toEqual(kept);
  });
});

const propose = (appointment: Appointment, slot: Slot, at = now): Appointment => {
  appointment.proposeReschedule(slot, at);
  return appointment;
};

describe('another time that the doctor proposes', () => {
  const { startsAt: from, endsAt } = later;

  it('is kept beside the present one, and told, until the patient answers', () => {
    const appointment = propose(accepted(), later);
    const { state, facts } = appointment;
    expect(state).toMatchObject({ status: 'accepted', startsAt, version: 3, proposal: { startsAt: from, endsAt } });
    expect(facts.at(-1)).toMatchObject({ name: 'reschedule-proposed', by: 'doctor', proposal: { startsAt: from } });
    expect(changesTime(appointment)).toBe(true);
    expect(claimedTimes(state).map((time) => [time.startsAt, time.until])).toEqual([
      [startsAt, undefined],
      [from, startsAt],
    ]);
  });

  it.each([
    ['accepted', accepted],
    ['asked for', booked],
  ])('is where a visit that is %s takes place once the patient agrees', (_, of) => {
    const appointment = propose(of(), later);
    appointment.acceptReschedule(now);
    expect(appointment.state).toMatchObject({ status: 'accepted', startsAt: from, endsAt });
    expect(appointment.state.proposal).toBeUndefined();
    expect(appointment.facts.at(-1)).toMatchObject({ name: 'rescheduled', by: 'doctor', previousStartsAt: startsAt });
    expect(() => appointment.acceptReschedule(now)).toThrow(InvalidTransition);
  });

  it('is left, and the visit stays as it is', () => {
    const appointment = propose(accepted(), later);
    appointment.declineReschedule(now);
    expect(appointment.state).toMatchObject({ status: 'accepted', startsAt });
    expect(appointment.state.proposal).toBeUndefined();
    expect(appointment.facts.at(-1)).toMatchObject({ name: 'reschedule-declined', by: 'patient' });
    expect(() => appointment.declineReschedule(now)).toThrow(InvalidTransition);
  });

  it('takes the place of an earlier one, and is told once', () => {
    const appointment = propose(propose(accepted(), later), slotAt(minutesAfter(startsAt, 60)));
    expect(appointment.state).toMatchObject({ proposal: { startsAt: minutesAfter(startsAt, 60) }, version: 4 });
    expect(propose(appointment, slotAt(minutesAfter(startsAt, 60))).state.version).toBe(4);
    expect(propose(accepted(), slotAt(startsAt)).state.proposal).toBeUndefined();
  });

  it('may come past the patient’s deadline, and not once the visit begins', () => {
    expect(propose(taken(), later, minutesAfter(startsAt, -1)).state.proposal).toBeDefined();
    expect(() => propose(taken(), later, startsAt)).toThrow(TooLate);
    expect(() => propose(booked({ payment: 'at-booking' }), later)).toThrow(InvalidTransition);
  });

  it.each([
    ['its own time has come', slotAt(minutesAfter(startsAt, -60)), minutesAfter(startsAt, -60)],
    ['the visit would begin', later, startsAt],
  ])('lapses when %s', (_, slot, end) => {
    const appointment = propose(accepted(), slot);
    expect(openProposal(appointment.state, minutesAfter(end, -1))).toBeDefined();
    appointment.expireIfOver(minutesAfter(end, -1));
    expect(appointment.state.proposal).toBeDefined();
    expect(() => appointment.acceptReschedule(end)).toThrow(InvalidTransition);
    expect(() => appointment.declineReschedule(end)).toThrow(InvalidTransition);
    appointment.expireIfOver(end);
    expect(appointment.state).toMatchObject({ status: 'accepted', startsAt, version: 4 });
    expect(appointment.state.proposal).toBeUndefined();
    expect(appointment.facts.at(-1)).toMatchObject({ name: 'reschedule-lapsed', at: end });
    appointment.expireIfOver(end);
    expect(appointment.state.version).toBe(4);
  });

  it('is told as lapsed only lately, and not where the request lapses with it', () => {
    const longAgo = propose(accepted(), later);
    longAgo.expireIfOver(minutesAfter(startsAt, 24 * 60));
    expect([longAgo.state.proposal, longAgo.state.version]).toEqual([undefined, 4]);
    const request = propose(booked(), later);
    request.expireIfOver(startsAt);
    expect([longAgo, request].map(({ facts }) => facts.at(-1)!.name)).toEqual(['reschedule-proposed', 'expired']);
    expect(request.state).toMatchObject({ status: 'expired' });
    expect(request.state.proposal).toBeUndefined();
  });

  it('is over with anything else that is decided', () => {
    const decisions: ((appointment: Appointment) => void)[] = [
      (appointment) => appointment.cancel('doctor', null, now),
      (appointment) => appointment.loseDoctor({}, now),
      (appointment) => appointment.complete(startsAt),
      (appointment) => appointment.reschedule(slotAt(minutesAfter(startsAt, 60)), now),
    ];
    for (const decide of decisions) {
      const appointment = propose(accepted(), later);
      decide(appointment);
      expect(appointment.state.proposal).toBeUndefined();
    }
    const answered = propose(booked(), later);
    answered.accept(now);
    expect(answered.state).toMatchObject({ status: 'accepted', startsAt });
    expect(answered.state.proposal).toBeUndefined();
  });

  it('has the price that is paid', () => {
    const dearer = { ...later, price: { ...price, amount: 70_000 } };
    expect(() => propose(taken(), dearer)).toThrow(PriceDiffers);
    const appointment = propose(booked(), dearer);
    pay(appointment, 'paid');
    expect(appointment.state.proposal).toBeDefined();
    expect(() => appointment.acceptReschedule(now)).toThrow(PriceDiffers);
  });
});
