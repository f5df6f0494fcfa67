import type { LocalMedia } from './local-media';
import { Peer, type PeerState } from './peer';
import { type Quality, qualityOf, type Sample, sampleOf, VideoPolicy } from './quality';
import { type SeatState, signalOf, type Tracks } from './signals';
import { Speaking } from './speaking';

export interface CallLine {
  /** Lost while there is no connection to the server. */
  send(to: string, data: unknown): void;
  /** Opens the connection to the server anew: the network is another one. */
  refresh(): void;
}

export interface CallOptions {
  self: string;
  line: CallLine;
  /** Outlives the call. */
  media: LocalMedia;
  open: () => RTCPeerConnection;
  newName: () => string;
  now: () => number;
}

/** What is shown of another person. */
export interface Seat {
  id: string;
  state: PeerState;
  quality: Quality | undefined;
  isSpeaking: boolean;
  said: SeatState | undefined;
  incoming: Tracks | undefined;
}

export interface CallView {
  seats: readonly Seat[];
  self: SeatState & { isSpeaking: boolean; quality: Quality | undefined };
}

interface Kept {
  peer: Peer;
  sample: Sample | undefined;
  policy: VideoPolicy;
  speaking: Speaking;
  isSpeaking: boolean;
  restoringSince: number | undefined;
}

/** Whether anything arrives is looked at so often, how good it is every other time. */
const EVERY_MS = 500;
/** The clock jumped: the device slept. */
const SLEPT_MS = 4_000;
/** A way that is not restored by then may be waiting for a server that is not heard any more. */
const REFRESH_AFTER_MS = 1_000;
/** For each who receives it: every one more costs the device another picture to encode. */
const VIDEO = { one: { maxKbps: 1_500, scale: 1 }, more: { maxKbps: 500, scale: 2 } };
const ranks: readonly Quality[] = ['poor', 'fair', 'good'];

/** One's own part of a visit: what one sends, and a connection to each of the others, each to each. */
export class Call {
  readonly media: LocalMedia;
  private readonly peers = new Map<string, Kept>();
  private readonly listeners = new Set<() => void>();
  private screen: MediaStreamTrack | null = null;
  private view: CallView | undefined;
  private tickedAt: number;
  private readonly forgetMedia: () => void;
  private readonly ticking: ReturnType<typeof setInterval>;
  private ticks = 0;
  private speaksHere = false;
  private isOver = false;

  constructor(private readonly options: CallOptions) {
    this.media = options.media;
    this.forgetMedia = this.media.subscribe(() => this.publish());
    this.tickedAt = options.now();
    this.ticking = setInterval(() => void this.tick(), EVERY_MS);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The same object until something changes. */
  readonly snapshot = (): CallView => (this.view ??= this.look());

  /** Those who are in the call besides oneself. */
  meet(ids: readonly string[]): void {
    if (this.isOver) return;
    for (const [id, { peer }] of this.peers)
      if (!ids.includes(id)) {
        peer.close();
        this.peers.delete(id);
      }
    for (const id of ids) if (!this.peers.has(id) && id !== this.options.self) this.peers.set(id, this.connectTo(id));
    this.publish();
  }

  receive(from: string, data: unknown): void {
    const signal = signalOf(data);
    if (signal) void this.peers.get(from)?.peer.receive(signal);
  }

  /** The server is reached again: what was sent meanwhile is lost. */
  lineIsBack(): void {
    for (const { peer } of this.peers.values()) peer.resume();
  }

  /** The network is another one, or the device was asleep. */
  networkChanged(): void {
    if (this.isOver) return;
    this.options.line.refresh();
    for (const { peer } of this.peers.values()) peer.restore();
  }

  /** @param track of the screen; it ends when the person or the browser says so */
  share(track: MediaStreamTrack | null): void {
    if (this.screen && this.screen !== track) this.screen.stop();
    this.screen = track;
    if (track) track.onended = () => track === this.screen && this.share(null);
    this.publish();
  }

  hearSelf(isSpeaking: boolean): void {
    if (isSpeaking === this.speaksHere) return;
    this.speaksHere = isSpeaking;
    this.changed();
  }

  end(): void {
    this.isOver = true;
    clearInterval(this.ticking);
    for (const { peer } of this.peers.values()) peer.close();
    this.peers.clear();
    this.screen?.stop();
    this.forgetMedia();
  }

  private connectTo(id: string): Kept {
    const { self, line, open, newName } = this.options;
    const peer = new Peer({
      isPolite: self > id,
      send: (signal) => line.send(id, signal),
      open,
      newName,
      tracks: this.sent(),
      onChange: () => this.changed(),
    });
    const policy = new VideoPolicy();
    return { peer, policy, sample: undefined, speaking: new Speaking(), isSpeaking: false, restoringSince: undefined };
  }

  private sent(): Tracks {
    const { audio, camera } = this.media.tracks;
    return { audio, camera, screen: this.screen };
  }

  private state(isWeak: boolean): SeatState {
    return {
      audio: this.media.isOn('audio'),
      camera: this.media.isOn('camera'),
      screen: this.screen !== null,
      isWeak,
    };
  }

  /** All that is sent, to all, before anybody needs it. */
  private publish(): void {
    const sent = this.sent();
    for (const { peer, policy } of this.peers.values()) {
      for (const slot of ['audio', 'camera', 'screen'] as const) peer.publish(slot, sent[slot]);
      peer.limitVideo(policy.level, this.peers.size > 1 ? VIDEO.more : VIDEO.one);
      peer.say(this.state(policy.level === 'off'));
    }
    this.changed();
  }

  private async tick(): Promise<void> {
    const now = this.options.now();
    const slept = now - this.tickedAt > SLEPT_MS;
    this.tickedAt = now;
    if (slept) {
      this.media.look();
      this.networkChanged();
    }
    this.ticks += 1;
    const isWhole = this.ticks % 2 === 0;
    await Promise.all([...this.peers.values()].map((kept) => this.measure(kept, now, isWhole).catch(() => undefined)));
    if (!this.isOver && isWhole) this.changed();
  }

  private async measure(kept: Kept, now: number, isWhole: boolean): Promise<void> {
    const { peer } = kept;
    const pc = peer.connection;
    const report = await pc.getStats();
    if (pc !== peer.connection) return void (kept.sample = undefined);
    const entries: object[] = [];
    report.forEach((entry: object) => entries.push(entry));
    const sample = sampleOf(entries as never, kept.sample);
    peer.observe(sample.receivedBytes, now);
    if (!isWhole) return;
    kept.sample = sample;
    const [source] = pc.getReceivers()[0]?.getSynchronizationSources() ?? [];
    kept.isSpeaking = kept.speaking.next(source?.audioLevel ?? 0, now);
    if (peer.state === 'restoring') {
      kept.restoringSince ??= now;
      if (now - kept.restoringSince >= REFRESH_AFTER_MS) {
        kept.restoringSince = Infinity;
        this.options.line.refresh();
      }
    } else kept.restoringSince = undefined;
    if (peer.state !== 'connected') return;
    const before = kept.policy.level;
    if (kept.policy.next(sample) !== before) this.publish();
  }

  private look(): CallView {
    const kept = [...this.peers];
    const seats = kept.map(([id, { peer, sample, isSpeaking }]): Seat => {
      const quality = peer.state === 'connected' && sample ? qualityOf(sample) : undefined;
      return { id, state: peer.state, quality, isSpeaking, said: peer.seat, incoming: peer.incoming };
    });
    const qualities = seats.flatMap(({ quality }) => (quality ? [quality] : []));
    const quality = ranks.find((rank) => qualities.includes(rank));
    const isWeak = kept.some(([, { policy }]) => policy.level === 'off');
    return { seats, self: { ...this.state(isWeak), isSpeaking: this.speaksHere, quality } };
  }

  private changed(): void {
    this.view = undefined;
    for (const listener of this.listeners) listener();
  }
}
