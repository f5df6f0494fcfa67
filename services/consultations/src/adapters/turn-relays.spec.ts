import { describe, expect, it } from '@jest/globals';
import { TurnRelays } from './turn-relays.js';

const now = new Date('2026-11-30T09:00:00Z');
const relay = { MEDFLOW_TURN_URLS: 'turn:a.example:3478, turns:a.example:5349', MEDFLOW_TURN_SECRET: 'north' };

describe('relays', () => {
  it('take an expiry one hour ahead, and its HMAC under the shared secret', () => {
    const { servers, relay: isRelayed } = new TurnRelays({ env: relay }).iceServers('p1', now);
    expect(isRelayed).toBe(true);
    // Computed apart, by `printf %s USER | openssl dgst -sha1 -hmac north -binary | base64`.
    expect(servers).toEqual([
      {
        urls: ['turn:a.example:3478', 'turns:a.example:5349'],
        username: '1796032800:p1',
        credential: 'Vwul2plGxqI5ory1kHjT6BU+4iM=',
      },
    ]);
  });

  it('are none without addresses, and STUN needs no secret', () => {
    const { servers, relay: isRelayed } = new TurnRelays({ env: { MEDFLOW_STUN_URLS: 'stun:b.example' } }).iceServers(
      'p1',
      now,
    );
    expect({ servers, isRelayed }).toEqual({ servers: [{ urls: ['stun:b.example'] }], isRelayed: false });
  });

  it.each([
    ['without their secret', { ...relay, MEDFLOW_TURN_SECRET: '' }, /MEDFLOW_TURN_SECRET/],
    ['at an address that is none', { ...relay, MEDFLOW_TURN_URLS: 'https://a.example' }, /MEDFLOW_TURN_URLS/],
    ['where a relay stands for STUN', { MEDFLOW_STUN_URLS: 'turn:a.example' }, /MEDFLOW_STUN_URLS/],
  ])('are refused at the start %s', (_, env, named) => {
    expect(() => new TurnRelays({ env })).toThrow(named);
  });
});
