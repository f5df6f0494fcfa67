import { describe, expect, it, vi } from 'vitest';
import { isRelay, testRelay } from './relay-test';

const relay = { urls: ['turn:turn.example:3478?transport=udp'], username: 'u', credential: 'c' };
const stun = { urls: 'stun:stun.example' };

/** Two connections in one room: what one sends, the other receives, unless the relay is out of reach. */
function room({ isReachable = true, breaks = false } = {}) {
  const channels: FakeChannel[] = [];
  const configurations: RTCConfiguration[] = [];
  const closed = vi.fn();
  class FakeChannel {
    readyState = 'connecting';
    bufferedAmount = 0;
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: unknown }) => void) | null = null;
    send(data: unknown): void {
      this.bufferedAmount += 16_384;
      const opposite = channels.find((channel) => channel !== this);
      setTimeout(() => {
        this.bufferedAmount -= 16_384;
        opposite?.onmessage?.({ data });
      }, 5);
    }
  }
  const open = (configuration: RTCConfiguration) => {
    configurations.push(configuration);
    return {
      localDescription: { type: 'offer', sdp: '' },
      createDataChannel: () => {
        const channel = new FakeChannel();
        channels.push(channel);
        return channel;
      },
      setLocalDescription: () => (breaks ? Promise.reject(new Error('no network')) : Promise.resolve()),
      setRemoteDescription: () => {
        if (isReachable)
          setTimeout(() => {
            for (const channel of channels) {
              channel.readyState = 'open';
              channel.onopen?.();
              channel.onopen = null;
            }
          }, 5);
        return Promise.resolve();
      },
      addIceCandidate: () => Promise.resolve(),
      close: closed,
    } as unknown as RTCPeerConnection;
  };
  return { open, configurations, closed };
}

const options = { now: () => performance.now(), timeoutMs: 60, loadMs: 40 };

describe('the test of the relay', () => {
  it('goes through the relay alone, and says how long the way is and what it carries', async () => {
    const { open, configurations, closed } = room();
    const result = await testRelay({ ...options, iceServers: [stun, relay], open });
    expect(result).toMatchObject({ outcome: 'ok' });
    expect((result as { kbps: number }).kbps).toBeGreaterThan(0);
    for (const configuration of configurations)
      expect(configuration).toEqual({ iceServers: [relay], iceTransportPolicy: 'relay' });
    expect(closed).toHaveBeenCalledTimes(2);
  });

  it('is blocked where nothing gets through in time', async () => {
    const { open, closed } = room({ isReachable: false });
    expect(await testRelay({ ...options, iceServers: [relay], open })).toEqual({ outcome: 'blocked' });
    expect(closed).toHaveBeenCalledTimes(2);
  });

  it('is blocked where the browser fails', async () => {
    expect(await testRelay({ ...options, iceServers: [relay], open: room({ breaks: true }).open })).toEqual({
      outcome: 'blocked',
    });
  });

  it('has nothing to test where there is no relay', async () => {
    expect(await testRelay({ ...options, iceServers: [stun], open: room().open })).toEqual({ outcome: 'no-relay' });
  });

  it('knows a relay by its address', () => {
    expect([relay, { urls: 'turns:turn.example' }, stun].map(isRelay)).toEqual([true, true, false]);
  });
});
