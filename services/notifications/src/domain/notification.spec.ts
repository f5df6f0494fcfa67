import { describe, expect, it } from '@jest/globals';
import { isMailed, kinds, type AppointmentNews, type Kind, notificationsOf } from './notification.js';

const news = (kind: Kind, more: Partial<AppointmentNews> = {}): AppointmentNews => ({
  eventId: 'e1',
  kind,
  appointmentId: 'a1',
  doctorId: 'doctor',
  patientId: 'patient',
  startsAt: new Date('2026-11-30T08:00:00Z'),
  at: new Date('2026-11-23T08:00:00Z'),
  ...more,
});
const readers = (kind: Kind) => notificationsOf(news(kind)).map(({ accountId }) => accountId);

describe('who is told of an appointment', () => {
  it.each([
    ['appointment-requested', ['patient', 'doctor']],
    ['appointment-accepted', ['patient', 'doctor']],
    ['appointment-rejected', ['patient']],
    ['appointment-cancelled', ['patient', 'doctor']],
    ['appointment-completed', ['patient']],
    ['appointment-missed', ['patient']],
    ['appointment-expired', ['patient', 'doctor']],
    ['appointment-rescheduled', ['patient', 'doctor']],
    ['appointment-reschedule-proposed', ['patient']],
    ['appointment-reschedule-declined', ['doctor']],
    ['appointment-reschedule-lapsed', ['patient', 'doctor']],
    ['appointment-hold-lost', ['patient']],
    ['payment-authorised', ['patient']],
    ['payment-captured', ['patient', 'doctor']],
    ['payment-failed', ['patient']],
    ['payment-pending', ['patient']],
    ['payment-refunded', ['patient', 'doctor']],
    ['payment-voided', ['patient']],
    ['review-invited', ['patient']],
    ['review-submitted', ['doctor']],
    ['review-answered', ['patient']],
    ['review-hidden', ['patient']],
  ] as const)('%s: %j', (kind, expected) => {
    expect(readers(kind)).toEqual(expected);
  });

  it('tells no doctor of a visit that was called off by what they judged themselves, or because they may see nobody', () => {
    for (const variant of ['unsuitable-by-video', 'doctor-unavailable'] as const)
      expect(notificationsOf(news('appointment-cancelled', { by: 'doctor', variant })).map(({ side }) => side)).toEqual(
        ['patient'],
      );
  });

  it('tells no doctor of the end of what was merely held', () => {
    for (const kind of ['appointment-expired', 'appointment-cancelled'] as const)
      expect(notificationsOf(news(kind, { variant: 'unpaid' })).map(({ side }) => side)).toEqual(['patient']);
  });

  it('writes e-mails about requests, answers, cancellations, money, visits to rate, reviews, messages and emergencies only', () => {
    const mailed = kinds.flatMap((kind) => notificationsOf(news(kind)).filter(isMailed));
    expect(mailed.map(({ kind, side }) => `${kind} ${side}`)).toEqual([
      'appointment-requested patient',
      'appointment-requested doctor',
      'appointment-accepted patient',
      'appointment-accepted doctor',
      'appointment-rejected patient',
      'appointment-cancelled patient',
      'appointment-cancelled doctor',
      'appointment-rescheduled patient',
      'appointment-rescheduled doctor',
      'appointment-reschedule-proposed patient',
      'appointment-reschedule-declined doctor',
      'appointment-reschedule-lapsed patient',
      'appointment-reschedule-lapsed doctor',
      'appointment-hold-lost patient',
      'appointment-doctor-unavailable patient',
      'appointment-doctor-available patient',
      'payment-captured patient',
      'payment-failed patient',
      'payment-pending patient',
      'payment-refunded patient',
      'review-invited patient',
      'review-submitted doctor',
      'message-received patient',
      'message-received doctor',
      'emergency-access-opened patient',
    ]);
  });

  it('tells both sides of a moved visit whether the doctor has yet to answer', () => {
    const told = notificationsOf(news('appointment-rescheduled', { by: 'patient', variant: 'unanswered' }));
    expect(told.map(({ side, byReader, variant }) => [side, byReader, variant])).toEqual([
      ['patient', true, 'unanswered'],
      ['doctor', false, 'unanswered'],
    ]);
  });

  it('gives the reason of a cancellation to the other side, and a confirmation to whoever cancelled', () => {
    const told = notificationsOf(news('appointment-cancelled', { by: 'patient', reason: 'Empêchée' }));
    expect(told.map(({ side, byReader, reason }) => [side, byReader, reason])).toEqual([
      ['patient', true, null],
      ['doctor', false, 'Empêchée'],
    ]);
  });

  it('gives each side of one event its own id, the same each time', () => {
    const ids = () => notificationsOf(news('appointment-requested')).map(({ id }) => id);
    expect(new Set(ids()).size).toBe(2);
    expect(ids()).toEqual(ids());
  });
});
