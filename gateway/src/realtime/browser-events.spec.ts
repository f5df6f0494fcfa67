import { contracts } from '@medflow/contracts';
import type { EventEnvelope } from '@medflow/messaging';
import { describe, expect, it } from '@jest/globals';
import { browserEventOf, liveTypes } from './browser-events.js';

const eventOf = (type: string): EventEnvelope => {
  const contract = contracts.find((candidate) => candidate.type === type)!;
  return { type, sequence: 3, data: contract.example } as EventEnvelope;
};

describe('events for browsers', () => {
  it.each(liveTypes)('%s reaches the accounts that it concerns', (type) => {
    const told = browserEventOf(eventOf(type));
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

  it('a notification is told to its reader alone, as the list shows it', () => {
    const told = browserEventOf(eventOf('notifications.notification-created.v1'));
    expect(told).toMatchObject({ name: 'notification', payload: { type: 'appointment-requested', readAt: null } });
    expect(told?.accounts).toHaveLength(1);
  });

  it('everything else stays inside', () => {
    expect(browserEventOf(eventOf('identity.account-registered.v1'))).toBeUndefined();
  });
});
