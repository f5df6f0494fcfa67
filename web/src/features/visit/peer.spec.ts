import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { on, pass, track, Visit } from './fake-visit';

let visit: Visit;

beforeEach(() => {
  vi.useFakeTimers();
  visit = new Visit();
});
afterEach(() => {
  visit.peers.a?.close();
  visit.peers.b?.close();
  vi.useRealTimers();
});

describe('how two browsers come together', () => {
  it('connects with one offer, three lines, and all that is published on them from the first moment', async () => {
    const [a, b] = visit.both();
    await pass(500);
    expect(visit.areConnected).toBe(true);
    expect(visit.offers()).toBe(1);
    for (const peer of [a, b]) {
      const transceivers = peer.connection.getTransceivers();
      expect(transceivers.map(({ direction }) => direction)).toEqual(['sendrecv', 'sendrecv', 'sendrecv']);
      expect(transceivers.map(({ sender }) => sender.track?.kind)).toEqual(['audio', 'video', undefined]);
      expect(peer.incoming?.camera?.kind).toBe('video');
    }
  });

  it.each(['a', 'b'] as const)('waits for whoever comes later, when %s is there first', async (first) => {
    visit.join(first);
    await pass(20_000);
    expect(visit.peers[first]!.state).toBe('waiting');
    visit.join(first === 'a' ? 'b' : 'a');
    await pass(500);
    expect(visit.areConnected).toBe(true);
  });

  it('keeps a candidate that overtakes its description until that is there', async () => {
    const [, b] = visit.both();
    const taken = vi.spyOn(b.connection, 'addIceCandidate');
    const candidate = { candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host' };
    const before = b.connection;
    await b.receive({ kind: 'candidate', from: 'a1', to: 'b2', candidate });
    expect(taken).not.toHaveBeenCalled();
    await pass(2_000);
    expect(taken).toHaveBeenCalledWith(candidate);
    expect([visit.areConnected, b.connection]).toEqual([true, before]);
  });

  it('changes what is sent without negotiating again', async () => {
    const [a] = visit.both();
    await pass(500);
    const screen = track('video');
    a.publish('screen', screen);
    a.publish('camera', null);
    await pass(500);
    const senders = a.connection.getTransceivers().map(({ sender }) => sender.track);
    expect(senders).toEqual([expect.objectContaining({ kind: 'audio' }), null, screen]);
    expect(visit.offers()).toBe(1);
  });

  it('tells the other side what is switched on, also one that comes later', async () => {
    const a = visit.join('a');
    a.say(on);
    await pass(3_000);
    const b = visit.join('b');
    await pass(500);
    expect(b.seat).toEqual(on);
    a.say({ ...on, audio: false });
    expect(b.seat).toEqual({ ...on, audio: false });
  });
});

describe('when both offer at once', () => {
  it.each([
    ['the impolite side first', ['a', 'b']],
    ['the polite side first', ['b', 'a']],
  ] as const)('agrees on the impolite side’s offer, %s', async (_order, order) => {
    const [a, b] = visit.both();
    await pass(500);
    const before = [a.connection, b.connection];
    visit.network.change({ isNoticed: false });
    for (const who of order) {
      visit.peers[who]!.restore();
      await pass(3);
    }
    expect(visit.offers()).toBe(3);
    await visit.watch(2);
    expect(visit.areConnected).toBe(true);
    expect([a.connection, b.connection]).toEqual(before);
    expect(a.connection.signalingState).toBe('stable');
    expect(b.connection.signalingState).toBe('stable');
  });
});

describe('what a call survives', () => {
  it('a change of network: it is restored over the same connection, with a new offer', async () => {
    const [a, b] = visit.both();
    await pass(500);
    const before = [a.connection, b.connection];
    visit.network.change();
    expect([a.state, b.state]).toEqual(['restoring', 'restoring']);
    await pass(1_000);
    expect(visit.areConnected).toBe(true);
    expect([a.connection, b.connection]).toEqual(before);
    expect(visit.offers()).toBeGreaterThan(1);
  });

  it('a way that breaks in silence: both notice, one of them restarts, and pictures begin anew', async () => {
    const peers = visit.both();
    await pass(500);
    await visit.watch(1);
    visit.network.change({ isNoticed: false });
    await visit.watch(4);
    expect(visit.areConnected).toBe(true);
    expect(visit.offers()).toBe(2);
    const cameras = peers.map(
      (peer) => peer.connection.getTransceivers()[1]!.sender as unknown as { keyFrames: number },
    );
    expect(cameras.map(({ keyFrames }) => keyFrames)).toEqual([1, 1]);
  });

  it('a way that breaks in silence for the polite side alone: it waits for the other, then restarts by itself', async () => {
    const [, b] = visit.both();
    await pass(500);
    b.observe(1, Date.now());
    await pass(1_200);
    b.observe(1, Date.now());
    expect([b.state, visit.offers()]).toEqual(['restoring', 1]);
    await pass(600);
    b.observe(2, Date.now());
    expect([visit.areConnected, visit.offers()]).toEqual([true, 2]);
  });

  it('a way that cannot be restored: another connection takes its place within five seconds', async () => {
    const [a, b] = visit.both();
    await pass(500);
    const before = a.connection;
    // What is restarted on this connection stays without effect.
    for (const peer of [a, b]) (peer.connection as unknown as { isOn: () => boolean }).isOn = () => false;
    visit.network.change();
    await pass(2_000);
    expect(a.state).toBe('restoring');
    await pass(3_000);
    expect(visit.areConnected).toBe(true);
    expect(a.connection).not.toBe(before);
    expect(before.connectionState).toBe('closed');
    expect(b.connection.getTransceivers()[0]?.sender.track?.kind).toBe('audio');
  });

  it('a reload of one side, which comes back under another name', async () => {
    const [a] = visit.both();
    await pass(500);
    visit.peers.b!.close();
    visit.network.live.forEach((connection) => connection.loses());
    await pass(1_500);
    visit.join('b');
    await pass(1_000);
    expect(visit.areConnected).toBe(true);
    expect(a.seat).toBeUndefined();
  });

  it('a restart of the server in the middle of negotiating', async () => {
    const [a, b] = visit.both();
    await pass(15);
    visit.isServerDown = true;
    await pass(30_000);
    visit.isServerDown = false;
    a.resume();
    b.resume();
    await pass(1_000);
    expect(visit.areConnected).toBe(true);
  });

  it('a change of network that takes the way to the server too: the offer is repeated once it is back', async () => {
    const [a, b] = visit.both();
    await pass(500);
    const before = [a.connection, b.connection];
    visit.isServerDown = true;
    visit.network.change();
    await pass(1_500);
    visit.isServerDown = false;
    a.resume();
    b.resume();
    await pass(500);
    expect(visit.areConnected).toBe(true);
    expect([a.connection, b.connection]).toEqual(before);
  });

  it('a restart of the server while all is well: nothing is touched', async () => {
    const [a, b] = visit.both();
    await pass(500);
    const before = [a.connection, b.connection, visit.offers()];
    a.resume();
    b.resume();
    await pass(1_000);
    expect([a.connection, b.connection, visit.offers()]).toEqual(before);
  });

  it.each(Array.from({ length: 60 }, (_, seed) => seed + 1))(
    'whatever happens in whatever order (%i)',
    async (seed) => {
      let state = seed * 2_654_435_761;
      const random = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
      visit.delayMs = () => 1 + random() * 400;
      visit.both();
      const happenings: (() => void)[] = [
        () => visit.network.change(),
        () => visit.network.change({ isNoticed: false }),
        () => visit.peers.a!.restore(),
        () => visit.peers.b!.restore(),
        () => visit.peers.a!.resume(),
        () => visit.peers.b!.resume(),
        () => (visit.peers.a!.close(), visit.join('a')),
        () => (visit.peers.b!.close(), visit.join('b')),
        () => (visit.isServerDown = !visit.isServerDown),
      ];
      for (let count = 0; count < 15; count += 1) {
        await pass(random() * 1_500);
        happenings[Math.floor(random() * happenings.length)]!();
      }
      visit.isServerDown = false;
      await visit.watch(40);
      expect(visit.areConnected).toBe(true);
    },
  );

  it('does nothing more once it is closed', async () => {
    const [a, b] = visit.both();
    await pass(500);
    a.close();
    b.close();
    const count = visit.sent.length;
    a.restore();
    a.resume();
    await a.receive({ kind: 'hello', from: 'b9' });
    await pass(60_000);
    expect(visit.sent.length).toBe(count);
    expect(visit.network.live).toEqual([]);
  });
});
