import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Call } from './call';
import { FakeNetwork } from './fake-connections';
import { LocalMedia } from './local-media';
import { signalOf } from './signals';

class FakeTrack {
  readyState = 'live';
  muted = false;
  enabled = true;
  onended: (() => void) | null = null;
  constructor(readonly kind: string) {}
  stop(): void {
    this.readyState = 'ended';
  }
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const network = () => new FakeNetwork();

/** People in one visit, and the server between them. */
class Room {
  readonly calls = new Map<string, Call>();
  readonly refreshed: string[] = [];
  private names = 0;

  constructor(readonly network: FakeNetwork) {}

  join(id: string): Call {
    const source = Object.assign(new EventTarget(), {
      getUserMedia: ({ audio }: MediaStreamConstraints) =>
        Promise.resolve({ getTracks: () => [new FakeTrack(audio ? 'audio' : 'video')] } as never),
      enumerateDevices: () => Promise.resolve([]),
    });
    const call = new Call({
      self: id,
      line: {
        send: (to, data) => setTimeout(() => this.calls.get(to)?.receive(id, structuredClone(data)), 10),
        refresh: () => this.refreshed.push(id),
      },
      media: new LocalMedia(source),
      open: this.network.open,
      newName: () => `${id}-${(this.names += 1)}`,
      now: () => Date.now(),
    });
    this.calls.set(id, call);
    return call;
  }
}

let room: Room;
beforeEach(() => {
  vi.useFakeTimers();
  room = new Room(network());
});
afterEach(() => {
  for (const call of room.calls.values()) {
    call.end();
    call.media.stop();
  }
  vi.useRealTimers();
});

async function all(...ids: string[]): Promise<Call[]> {
  const calls = ids.map((id) => room.join(id));
  for (const call of calls) await call.media.start();
  for (const call of calls) call.meet(ids);
  await pass(1_000);
  return calls;
}
const states = (call: Call) => call.snapshot().seats.map(({ id, state }) => [id, state]);

describe('a call', () => {
  it('connects three, each to each', async () => {
    const [doctor, patient, interpreter] = await all('doctor', 'patient', 'interpreter');
    expect(states(doctor!)).toEqual([
      ['patient', 'connected'],
      ['interpreter', 'connected'],
    ]);
    expect(states(patient!).map(([, state]) => state)).toEqual(['connected', 'connected']);
    expect(states(interpreter!).map(([, state]) => state)).toEqual(['connected', 'connected']);
    expect(room.network.live.length).toBe(6);
  });

  it('lets the others talk on when one leaves', async () => {
    const [doctor] = await all('doctor', 'patient', 'interpreter');
    room.calls.get('interpreter')!.end();
    doctor!.meet(['doctor', 'patient']);
    expect(states(doctor!)).toEqual([['patient', 'connected']]);
  });

  it('tells the others what is switched on, and sends the screen beside the camera', async () => {
    const [doctor, patient] = await all('doctor', 'patient');
    const seen = () => patient!.snapshot().seats[0]?.said;
    expect(seen()).toEqual({ audio: true, camera: true, screen: false, isWeak: false });
    await doctor!.media.want('audio', false);
    const screen = new FakeTrack('video');
    doctor!.share(screen as never);
    expect(seen()).toEqual({ audio: false, camera: true, screen: true, isWeak: false });
    // « Stop sharing » in the browser's own bar.
    screen.onended?.();
    expect([seen()?.screen, screen.readyState]).toEqual([false, 'ended']);
  });

  it('sends a track that was fetched anew to everybody', async () => {
    const [doctor] = await all('doctor', 'patient', 'interpreter');
    const before = doctor!.media.tracks.camera as unknown as FakeTrack;
    before.readyState = 'ended';
    before.onended?.();
    await pass(100);
    const sent = room.network.live
      .filter((connection) =>
        connection.transceivers.some(({ sender }) => sender.track === doctor!.media.tracks.camera),
      )
      .map(({ id }) => id);
    expect(sent.length).toBe(2);
  });

  it('opens the line to the server anew and restores the ways when the device wakes', async () => {
    const [doctor] = await all('doctor', 'patient');
    vi.setSystemTime(Date.now() + 600_000);
    await pass(1_000);
    expect(room.refreshed).toContain('doctor');
    await pass(3_000);
    expect(states(doctor!)).toEqual([['patient', 'connected']]);
  });

  it('sends nothing and shows nobody after its end', async () => {
    const [doctor] = await all('doctor', 'patient');
    doctor!.end();
    doctor!.meet(['doctor', 'patient']);
    expect(doctor!.snapshot().seats).toEqual([]);
    expect(room.network.live.length).toBe(1);
  });

  it('takes no signal that no peer of ours sends', () => {
    expect([undefined, null, 'hello', {}, { kind: 'hello' }, { kind: 'x', from: 'a' }].map(signalOf)).toEqual(
      Array(6).fill(undefined),
    );
  });
});
