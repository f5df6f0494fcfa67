import { vi } from 'vitest';
import { FakeNetwork } from './fake-connections';
import { Peer } from './peer';
import type { SeatState, Signal, Tracks } from './signals';

export const track = (kind: string) => ({ kind, label: `a ${kind}` }) as MediaStreamTrack;
const published = (): Tracks => ({ audio: track('audio'), camera: track('video'), screen: null });
export const on: SeatState = { audio: true, camera: true, screen: false, isWeak: false };

/** For tests: two people and the server between them. */
export class Visit {
  readonly network = new FakeNetwork();
  readonly peers: Partial<Record<'a' | 'b', Peer>> = {};
  readonly sent: Signal[] = [];
  isServerDown = false;
  delayMs: () => number = () => 10;
  private names = 0;
  private readonly last = { a: 0, b: 0 };

  join(who: 'a' | 'b', tracks = published()): Peer {
    const opposite = who === 'a' ? 'b' : 'a';
    return (this.peers[who] = new Peer({
      // b is lexically greater.
      isPolite: who === 'b',
      send: (signal) => {
        this.sent.push(signal);
        if (this.isServerDown) return;
        // In order, as a server passes them on.
        const at = Math.max(this.last[who], Date.now() + this.delayMs());
        this.last[who] = at;
        setTimeout(() => void this.peers[opposite]?.receive(structuredClone(signal)), at - Date.now());
      },
      open: this.network.open,
      newName: () => `${who}${(this.names += 1)}`,
      tracks,
      onChange: () => undefined,
    }));
  }

  both(): [Peer, Peer] {
    return [this.join('a'), this.join('b')];
  }

  offers(): number {
    return this.sent.filter((signal) => signal.kind === 'description' && signal.description.type === 'offer').length;
  }

  /** What both see arriving, a sample each second. */
  async watch(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      for (const peer of [this.peers.a!, this.peers.b!]) {
        const isFlowing = this.network.carries(peer.connection as never);
        peer.observe(isFlowing ? Date.now() : 0, Date.now());
      }
      await pass(1_000);
    }
  }

  /** What the two hold now, if they hold each other. */
  get areConnected(): boolean {
    const { a, b } = this.peers;
    const carries = (peer?: Peer) => peer?.state === 'connected' && this.network.carries(peer.connection as never);
    return carries(a) === true && carries(b) === true;
  }
}

export const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
