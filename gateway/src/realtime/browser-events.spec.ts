import { contracts, paymentCapturedV1, typingV1 } from '@medflow/contracts';
import type { EventEnvelope } from '@medflow/messaging';
import { describe, expect, it } from '@jest/globals';
import { browserEventOf, liveTypes } from './browser-events.js';

const eventOf = (type: string, more: object = {}): EventEnvelope => {
  const contract = contracts.find((candidate) => candidate.type === type)!;
  return { type, sequence: 3, data: { ...contract.example, ...more } } as EventEnvelope;
};

describe('events for browsers', () => {
  it.each(liveTypes)('%s reaches the accounts that it concerns', (type) => {
    const told = browserEventOf(eventOf(type, { released: true }));
    expect(told?.accounts.length).toBeGreaterThan(0);
  });

  it('an appointment is told to both sides with its status and version', () => {
    const told = browserEventOf(eventOf('scheduling.appointment-accepted.v1'));
    expect(told).toMatchObject({
      name: 'appointment',
      payload: { status: 'accepted', type: 'appointment-accepted', version: 3 },
    });
    expect(told?.accounts).toHaveLength(2);
  });

  it.each(
    ['rescheduled', 'reschedule-proposed', 'reschedule-declined', 'reschedule-lapsed'].flatMap((name) =>
      ['requested', 'accepted'].map((status) => [name, status]),
    ),
  )('one that is %s and %s is told so', (name, status) => {
    const told = browserEventOf(eventOf(`scheduling.appointment-${name}.v1`, { status }));
    expect(told?.payload).toMatchObject({ status, type: `appointment-${name}` });
    expect(told?.accounts).toHaveLength(2);
  });

  it('a notification is told to its reader alone, as the list shows it', () => {
    const told = browserEventOf(eventOf('notifications.notification-created.v1'));
    expect(told).toMatchObject({ name: 'notification', payload: { type: 'appointment-requested', readAt: null } });
    expect(told?.accounts).toHaveLength(1);
  });

  it.each([
    ['authorised', {}, 'authorised'],
    ['captured', {}, 'paid'],
    ['voided', { released: true }, 'voided'],
    ['refunded', { refunded: { amount: 30_000, currency: 'TND' } }, 'partly-refunded'],
    ['refunded', { refunded: { amount: 60_000, currency: 'TND' } }, 'refunded'],
  ])('a payment %s is told to both sides of its appointment: %j is %s', (name, more, status) => {
    const { appointmentId, paymentId, doctorId, patientId } = paymentCapturedV1.example;
    expect(browserEventOf(eventOf(`billing.payment-${name}.v1`, more))).toEqual({
      accounts: [doctorId, patientId],
      name: 'appointment',
      payload: { id: appointmentId, type: `payment-${name}`, payment: { status, paymentId }, doctorId, patientId },
    });
  });

  it.each([
    ['failed', {}, 'failed'],
    ['pending', { status: 'requires-action' }, 'requires-action'],
    ['pending', { status: 'processing' }, 'processing'],
  ])('what the bank said, %s %j, is told to the patient alone', (name, more, status) => {
    const told = browserEventOf(eventOf(`billing.payment-${name}.v1`, more));
    expect(told).toMatchObject({ name: 'appointment', payload: { type: `payment-${name}`, payment: { status } } });
    expect(told?.accounts).toEqual([paymentCapturedV1.example.patientId]);
  });

  it.each([
    ['scheduling.appointment-held.v1', 'appointment-held', 'held', {}],
    ['scheduling.appointment-hold-lost.v1', 'appointment-hold-lost', 'expired', {}],
    ['scheduling.appointment-expired.v1', 'appointment-expired', 'expired', { announced: false }],
    ['scheduling.appointment-cancelled.v1', 'appointment-cancelled', 'cancelled', { announced: false }],
  ])('%s, of which the doctor never heard, is told to the patient alone', (type, name, status, more) => {
    const told = browserEventOf(eventOf(type, more));
    expect(told).toMatchObject({ name: 'appointment', payload: { type: name, status } });
    expect(told?.accounts).toEqual([paymentCapturedV1.example.patientId]);
  });

  it('that nothing is taken is no news where nothing was set aside', () => {
    expect(browserEventOf(eventOf('billing.payment-voided.v1', { released: false }))).toBeUndefined();
  });

  it('the news of a payment leads to it', () => {
    const type = 'notifications.notification-created.v1';
    const dataOf = (more: object) => (browserEventOf(eventOf(type, more))?.payload as { data: object }).data;
    expect(dataOf({ appointmentId: 'a1', paymentId: 'p1' })).toEqual({ appointmentId: 'a1', paymentId: 'p1' });
    expect(dataOf({ appointmentId: 'a1' })).toEqual({ appointmentId: 'a1' });
  });

  it('everything else stays inside', () => {
    expect(browserEventOf(eventOf('identity.account-registered.v1'))).toBeUndefined();
  });
});

describe('what happens in a conversation', () => {
  it.each([
    ['message-sent', 'sent', 2],
    ['messages-read', 'read', 2],
    ['messages-delivered', 'delivered', 1],
  ])('%s is told as « %s », without what was written', (name, kind, accounts) => {
    const told = browserEventOf(eventOf(`consultations.${name}.v1`));
    expect(told).toMatchObject({ name: 'message', payload: { kind, conversationId: expect.any(String) } });
    expect(told?.accounts).toHaveLength(accounts);
    expect(JSON.stringify(told)).not.toContain('text');
  });

  it('typing is told to the other alone', () => {
    const { accountId, otherId, conversationId } = typingV1.example;
    expect(browserEventOf(eventOf(typingV1.type))).toEqual({
      accounts: [otherId],
      name: 'typing',
      payload: { conversationId, accountId },
    });
  });
});
