import { describe, expect, it } from '@jest/globals';
import { Appointment } from './appointment.js';
import type { PaymentState, PaymentStatus } from './appointment-state.js';
import type { BookingTerms } from './booking.js';
import { EmailNotVerified, InvalidTransition, TooEarly, TooLate } from './errors.js';
import { minutesAfter } from './values.js';

const now = new Date('2026-11-23T08:00:00Z');
const startsAt = new Date('2026-11-24T08:00:00Z');
const endsAt = minutesAfter(startsAt, 30);
const slot = {
  doctorId: 'd1',
  startsAt,
  endsAt,
  mode: 'video' as const,
  price: { amount: 60_000, currency: 'TND' },
  bufferMinutes: 5,
};
const doctor = { id: 'd1', firstName: 'Karim', lastName: 'Trabelsi' };
const patient = { id: 'p1', firstName: 'Amina', lastName: 'Ben Salah' };
const terms: BookingTerms = {
  payment: 'after-acceptance',
  autoAccept: false,
  cancellation: { cutoffHours: 12, tiers: [{ hoursBefore: 2, refundPercent: 50 }] },
  holdMinutes: 10,
};
const booked = (over: Partial<BookingTerms> = {}, price = slot.price) =>
  Appointment.book(
    { id: 'a1', slot: { ...slot, price }, doctor, patient, reason: null, terms: { ...terms, ...over } },
    now,
  );
const requested = (autoAccept = false) => booked({ autoAccept });
const held = (autoAccept = false) => booked({ payment: 'at-booking', autoAccept });
const word = (status: PaymentStatus, sequence: number): PaymentState => ({ status, paymentId: 'pay1', sequence });
const accepted = () => {
  const appointment = requested();
  appointment.accept(now);
  return appointment;
};
const names = (appointment: Appointment) => appointment.facts.map(({ name }) => name);

describe('appointment', () => {
  it('tells what happened, with the version after it', () => {
    const appointment = accepted();
    appointment.complete(startsAt);
    expect(names(appointment)).toEqual(['requested', 'accepted', 'completed']);
    expect(appointment.facts.map((fact) => fact.appointment.version)).toEqual([1, 2, 3]);
  });

  it('is accepted at once where the doctor accepts every booking', () => {
    expect(requested(true).state).toMatchObject({ status: 'accepted', version: 2 });
  });

  it('is held at most for a patient who may not ask for the doctor’s time', () => {
    const book = (over: Partial<BookingTerms>, price = slot.price) =>
      Appointment.book(
        {
          id: 'a1',
          slot: { ...slot, price },
          doctor,
          patient,
          reason: null,
          terms: { ...terms, ...over },
          mayConfirm: false,
        },
        now,
      );
    expect(book({ payment: 'at-booking' }).state.status).toBe('held');
    expect(() => book({})).toThrow(EmailNotVerified);
    expect(() => book({ autoAccept: true })).toThrow(EmailNotVerified);
    // Nothing is to be paid, so nothing is held.
    expect(() => book({ payment: 'at-booking' }, { ...slot.price, amount: 0 })).toThrow(EmailNotVerified);
  });

  it('cannot be answered twice', () => {
    expect(() => accepted().accept(now)).toThrow(InvalidTransition);
    expect(() => accepted().reject('trop tard', now)).toThrow(InvalidTransition);
  });

  it('cannot be accepted once it has begun', () => {
    expect(() => requested().accept(startsAt)).toThrow(InvalidTransition);
  });

  it('can be completed from fifteen minutes before the start', () => {
    expect(() => accepted().complete(minutesAfter(startsAt, -16))).toThrow(TooEarly);
    const early = accepted();
    early.complete(minutesAfter(startsAt, -15));
    expect(early.state.status).toBe('completed');
  });

  it('is missed ten minutes after the start at the earliest', () => {
    expect(() => accepted().miss(minutesAfter(startsAt, 9))).toThrow(TooEarly);
    const late = accepted();
    late.miss(minutesAfter(startsAt, 10));
    expect(late.state.status).toBe('missed');
  });

  it('can be cancelled by either side until it begins, and says by whom', () => {
    const appointment = accepted();
    appointment.cancel('doctor', 'Urgence', now);
    expect(appointment.state.cancellation).toEqual({ by: 'doctor', reason: 'Urgence' });
    expect(appointment.facts.at(-1)).toMatchObject({ name: 'cancelled', by: 'doctor', reason: 'Urgence' });
    expect(() => accepted().cancel('patient', null, startsAt)).toThrow(TooLate);
  });

  it('expires when nobody has answered by its start', () => {
    expect(() => requested().expire(now)).toThrow(TooEarly);
    const unanswered = requested();
    unanswered.expire(startsAt);
    expect(unanswered.state.status).toBe('expired');
  });

  it('frees the time of both sides when it will not take place, and only then', () => {
    const rejected = requested();
    rejected.reject('Absent', now);
    const cancelled = accepted();
    cancelled.cancel('patient', null, now);
    expect([rejected, cancelled].map(({ releasesTime }) => releasesTime)).toEqual([true, true]);
    expect([requested(), accepted()].map(({ releasesTime }) => releasesTime)).toEqual([false, false]);
  });
});

describe('a hold', () => {
  it('waits ten minutes for its payment, unheard by the doctor, who is asked once it is paid', () => {
    const appointment = held();
    expect(appointment.state).toMatchObject({ status: 'held', announced: false, holdUntil: minutesAfter(now, 10) });
    expect(() => appointment.accept(now)).toThrow(InvalidTransition);
    appointment.learnPayment(word('processing', 1), now);
    expect(appointment.state.status).toBe('held');
    appointment.learnPayment(word('authorised', 2), now);
    expect(appointment.state).toMatchObject({ status: 'requested', announced: true, holdUntil: undefined });
    expect(names(appointment)).toEqual(['held', 'requested']);
  });

  it('is accepted with its payment where the doctor accepts every booking', () => {
    const appointment = held(true);
    appointment.learnPayment(word('authorised', 1), now);
    expect(names(appointment)).toEqual(['held', 'requested', 'accepted']);
  });

  it('is not needed for a visit that costs nothing', () => {
    expect(booked({ payment: 'at-booking' }, { amount: 0, currency: 'TND' }).state).toMatchObject({
      status: 'requested',
      payment: { status: 'none' },
    });
  });

  it('lapses at its end and not before', () => {
    const appointment = held();
    expect(() => appointment.expire(minutesAfter(now, 9))).toThrow(TooEarly);
    appointment.expire(minutesAfter(now, 10));
    expect(appointment.state).toMatchObject({ status: 'expired', holdUntil: undefined });
  });

  it('can be won back by a payment that comes late, until the visit begins', () => {
    const appointment = held();
    appointment.expire(minutesAfter(now, 10));
    expect(appointment.canRevive(now)).toBe(false);
    appointment.learnPayment(word('authorised', 1), minutesAfter(now, 11));
    expect(appointment.canRevive(startsAt)).toBe(false);
    appointment.settleLatePayment(true, minutesAfter(now, 11));
    expect(appointment.state.status).toBe('requested');
  });

  it('ends when the visit begins at the latest, and no payment after that wins the time', () => {
    const late = minutesAfter(startsAt, -3);
    const appointment = Appointment.book(
      { id: 'a1', slot, doctor, patient, reason: null, terms: { ...terms, payment: 'at-booking' } },
      late,
    );
    expect(appointment.state.holdUntil).toEqual(startsAt);
    appointment.learnPayment(word('authorised', 1), startsAt);
    expect(appointment.state).toMatchObject({ status: 'expired', announced: false });
    expect([appointment.isLatePayment, appointment.canRevive(startsAt)]).toEqual([true, false]);
    appointment.settleLatePayment(true, startsAt);
    expect(names(appointment)).toEqual(['held', 'expired', 'hold-lost']);
  });

  it('is lost for good, whatever billing says of the payment that is on its way back', () => {
    const appointment = held();
    appointment.expire(minutesAfter(now, 10));
    expect(() => appointment.settleLatePayment(false, minutesAfter(now, 10))).toThrow(InvalidTransition);
    appointment.learnPayment(word('authorised', 1), minutesAfter(now, 11));
    appointment.settleLatePayment(false, minutesAfter(now, 11));
    appointment.learnPayment(word('paid', 2), minutesAfter(now, 12));
    expect(appointment.isLatePayment).toBe(false);
    expect(() => appointment.settleLatePayment(true, minutesAfter(now, 12))).toThrow(InvalidTransition);
    expect(names(appointment)).toEqual(['held', 'expired', 'hold-lost']);
  });

  it('ignores what billing said before', () => {
    const appointment = held();
    expect(appointment.learnPayment(word('authorised', 5), now)).toBe(true);
    expect(appointment.learnPayment(word('failed', 4), now)).toBe(false);
    expect(appointment.learnPayment(word('authorised', 5), now)).toBe(false);
    expect(appointment.state.payment.status).toBe('authorised');
  });
});

describe('a cancellation', () => {
  const paid = () => {
    const appointment = accepted();
    appointment.learnPayment(word('paid', 1), now);
    return appointment;
  };

  it.each([
    ['gives all back until the cut-off', -12 * 60, 'patient', 100, 60_000],
    ['gives the share of the tier after it', -12 * 60 + 1, 'patient', 50, 30_000],
    ['gives nothing past the last tier', -119, 'patient', 0, 0],
    ['by the doctor always gives all back', -1, 'doctor', 100, 60_000],
  ] as const)('%s', (_, minutes, by, percent, amount) => {
    const appointment = paid();
    appointment.cancel(by, null, minutesAfter(startsAt, minutes));
    expect(appointment.state.refund).toEqual({ percent, amount, given: true });
  });

  it('lets go whole of what is only set aside', () => {
    const appointment = held();
    appointment.learnPayment(word('authorised', 1), now);
    appointment.cancel('patient', null, minutesAfter(startsAt, -1));
    expect(appointment.state.refund).toEqual({ percent: 100, amount: 60_000, given: true });
  });

  it('is too late once the visit has begun', () => {
    expect(() => paid().cancel('patient', null, startsAt)).toThrow(TooLate);
  });
});

describe('a doctor who may see nobody any more', () => {
  const tunis = { specialization: 'cardiology', city: 'Tunis' };
  const lost = () => {
    const appointment = accepted();
    appointment.learnPayment(word('paid', 1), now);
    appointment.loseDoctor(tunis, now);
    return appointment;
  };

  it('leaves an accepted visit to its patient, and says what to look for instead', () => {
    expect(lost().state).toMatchObject({ status: 'accepted', doctorUnavailable: true, searchFor: tunis });
    expect(names(lost()).at(-1)).toBe('doctor-unavailable');
    expect(() => lost().loseDoctor(tunis, now)).toThrow(InvalidTransition);
  });

  it.each([
    ['merely held', held],
    ['asked for', requested],
  ])('has what is %s called off, and all of it let go', (_, appointment) => {
    const open = appointment();
    open.loseDoctor(tunis, now);
    expect(open.state).toMatchObject({
      status: 'cancelled',
      cancellation: { by: 'doctor', reason: null, because: 'doctor-unavailable' },
      refund: { percent: 100 },
      searchFor: tunis,
      holdUntil: undefined,
    });
  });

  it('has the visit called off when it would begin, and all of it given back', () => {
    const appointment = lost();
    appointment.loseDoctor(tunis, startsAt);
    expect(appointment.state).toMatchObject({
      status: 'cancelled',
      cancellation: { because: 'doctor-unavailable' },
      refund: { percent: 100, amount: 60_000, given: true },
      doctorUnavailable: undefined,
    });
  });

  it.each([
    ['that knows of it', () => lost(), false],
    ['that does not know of it yet', () => accepted(), true],
  ])('gives all back of a visit %s that its patient calls off, whatever the policy', (_, appointment, isBarred) => {
    const visit = appointment();
    visit.learnPayment(word('paid', 2), now);
    visit.cancel('patient', null, minutesAfter(startsAt, -1), isBarred);
    expect(visit.state).toMatchObject({ cancellation: { by: 'patient' }, refund: { percent: 100, amount: 60_000 } });
  });

  it('has what is paid for that moment called off rather than confirmed, also where bookings are accepted at once', () => {
    for (const autoAccept of [true, false]) {
      const hold = held(autoAccept);
      hold.learnPayment(word('authorised', 1), now, true);
      expect(names(hold)).toEqual(['held', 'cancelled']);
      expect(hold.state).toMatchObject({ announced: false, refund: { percent: 100, given: true } });
    }
  });

  it('gets the visit back by being reinstated before it begins, and not after', () => {
    const back = lost();
    back.regainDoctor(minutesAfter(startsAt, -1));
    expect(back.state).toMatchObject({ status: 'accepted', doctorUnavailable: undefined, searchFor: undefined });
    expect(names(back).at(-1)).toBe('doctor-available');
    expect(() => back.regainDoctor(now)).toThrow(InvalidTransition);
    const late = lost();
    late.regainDoctor(startsAt);
    expect(late.state).toMatchObject({ status: 'cancelled', refund: { percent: 100 } });
  });
});
