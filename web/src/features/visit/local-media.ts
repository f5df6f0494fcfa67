import { GrowingPause } from '../../lib/patience';

export type Kind = 'audio' | 'camera';
const kinds: readonly Kind[] = ['audio', 'camera'];

/** Why there is no track though one is wanted. */
export type MediaFault = 'denied' | 'none' | 'busy' | 'failed';

export interface MediaSource {
  getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream>;
  enumerateDevices(): Promise<MediaDeviceInfo[]>;
  addEventListener(event: 'devicechange', listener: () => void): void;
  removeEventListener(event: 'devicechange', listener: () => void): void;
}

const FIRST_AGAIN_MS = 500;
const LONGEST_AGAIN_MS = 8_000;
/** A microphone may be away for a moment; a phone call takes longer. */
const MUTED_MS = 1_000;

const constraintsOf: Record<Kind, (deviceId: string | undefined) => MediaStreamConstraints> = {
  audio: (deviceId) => ({
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...(deviceId && { deviceId }) },
  }),
  camera: (deviceId) => ({
    video: {
      width: { ideal: 1280 },
      height: { ideal: 720 },
      frameRate: { ideal: 30, max: 30 },
      ...(deviceId ? { deviceId } : { facingMode: 'user' }),
    },
  }),
};

/** @param error of getUserMedia */
export function faultOf(error: unknown): MediaFault {
  const { name = '' } = (error ?? {}) as { name?: string };
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'failed';
}

/**
 * Microphone and camera as the person wants them. What the system takes away (a call on the phone, a closed lid, a pulled
 * plug) is remembered as wanted and fetched anew until it is there: a track that has ended never comes back by itself.
 */
export class LocalMedia {
  readonly wanted: Record<Kind, boolean> = { audio: true, camera: true };
  readonly tracks: Record<Kind, MediaStreamTrack | null> = { audio: null, camera: null };
  readonly faults: Partial<Record<Kind, MediaFault>> = {};
  readonly chosen: Partial<Record<Kind, string>> = {};
  private readonly pauses: Record<Kind, GrowingPause>;
  private readonly timers: Partial<Record<Kind, ReturnType<typeof setTimeout>>> = {};
  private readonly fetching: Partial<Record<Kind, Promise<void>>> = {};
  private readonly listeners = new Set<() => void>();
  private changes = 0;
  private isOver = false;
  private isPaused = false;

  constructor(private readonly source: MediaSource) {
    const pause = () => new GrowingPause(FIRST_AGAIN_MS, LONGEST_AGAIN_MS);
    this.pauses = { audio: pause(), camera: pause() };
    source.addEventListener('devicechange', this.look);
  }

  /** Told when a track has come or gone, or is silenced: what is sent must follow. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Grows with every change. */
  readonly version = (): number => this.changes;

  /** Fetches what is wanted and not there; the permissions are asked for one after the other. */
  async start(): Promise<void> {
    for (const kind of kinds) await this.fetch(kind);
  }

  /** The microphone stays open while it is silent; a camera that is off has its lamp off too. */
  async want(kind: Kind, isWanted: boolean): Promise<void> {
    this.wanted[kind] = isWanted;
    this.pauses[kind].reset();
    if (kind === 'audio' && this.tracks.audio) {
      this.tracks.audio.enabled = isWanted;
      this.changed();
    } else if (isWanted) await this.fetch(kind);
    else this.drop(kind);
  }

  /** Another device, from now on. */
  async choose(kind: Kind, deviceId: string): Promise<void> {
    this.chosen[kind] = deviceId;
    this.pauses[kind].reset();
    if (this.wanted[kind]) await this.fetch(kind, true);
  }

  /** Whether it is wanted and there, and heard or seen. */
  isOn(kind: Kind): boolean {
    const track = this.tracks[kind];
    return this.wanted[kind] && track !== null && track.readyState === 'live' && !track.muted;
  }

  /** What was taken away may be free again: the page is back, a device has come, the lid is open. */
  readonly look = (): void => {
    for (const kind of kinds) {
      const track = this.tracks[kind];
      const isGone = track === null || track.readyState === 'ended' || track.muted;
      if (this.wanted[kind] && isGone && this.faults[kind] !== 'denied') void this.fetch(kind, track !== null);
    }
  };

  /** Everything is closed until {@link resume}; what was wanted stays wanted. */
  pause(): void {
    this.isPaused = true;
    for (const kind of kinds) this.drop(kind);
  }

  resume(): void {
    this.isPaused = false;
  }

  stop(): void {
    this.isOver = true;
    this.source.removeEventListener('devicechange', this.look);
    for (const kind of kinds) {
      clearTimeout(this.timers[kind]);
      this.release(kind);
    }
  }

  /** @param anew though there is one */
  private fetch(kind: Kind, anew = false): Promise<void> {
    clearTimeout(this.timers[kind]);
    if (this.isOver || this.isPaused || (!anew && this.tracks[kind]?.readyState === 'live')) return Promise.resolve();
    const before = this.fetching[kind] ?? Promise.resolve();
    const fetched = before.then(() => this.fetchNow(kind));
    this.fetching[kind] = fetched;
    return fetched;
  }

  private async fetchNow(kind: Kind): Promise<void> {
    if (this.isUnwanted(kind)) return;
    // Handsets open a camera only once the former one is closed.
    if (kind === 'camera') this.release(kind);
    try {
      const track = await this.open(kind);
      if (!track) throw new DOMException('', 'NotFoundError');
      // Meanwhile it may have been switched off.
      if (this.isUnwanted(kind)) return track.stop();
      this.release(kind);
      delete this.faults[kind];
      this.watch(kind, track);
    } catch (error) {
      this.faults[kind] = faultOf(error);
      // A refusal is an answer; everything else may pass.
      if (this.faults[kind] === 'busy' || this.faults[kind] === 'failed') this.fetchLater(kind);
    }
    this.changed();
  }

  private isUnwanted(kind: Kind): boolean {
    return this.isOver || this.isPaused || (kind === 'camera' && !this.wanted.camera);
  }

  private async open(kind: Kind): Promise<MediaStreamTrack | undefined> {
    const get = (deviceId?: string) => this.source.getUserMedia(constraintsOf[kind](deviceId));
    const stream = await get(this.chosen[kind]).catch((error: unknown) => {
      // The chosen one is unplugged: any other will do.
      if (this.chosen[kind] === undefined || faultOf(error) !== 'none') throw error;
      return get();
    });
    return stream.getTracks()[0];
  }

  private watch(kind: Kind, track: MediaStreamTrack): void {
    this.tracks[kind] = track;
    track.enabled = this.wanted[kind];
    track.onended = () => {
      if (track !== this.tracks[kind]) return;
      this.changed();
      void this.fetch(kind, true);
    };
    track.onmute = () => {
      if (track !== this.tracks[kind]) return;
      this.changed();
      this.fetchLater(kind, MUTED_MS);
    };
    track.onunmute = () => {
      if (track !== this.tracks[kind]) return;
      clearTimeout(this.timers[kind]);
      this.pauses[kind].reset();
      this.changed();
    };
    // It may come silenced while the phone call lasts.
    if (track.muted) this.fetchLater(kind);
    else this.pauses[kind].reset();
  }

  private fetchLater(kind: Kind, ms = this.pauses[kind].next()): void {
    clearTimeout(this.timers[kind]);
    this.timers[kind] = setTimeout(() => this.wanted[kind] && void this.fetch(kind, true), ms);
  }

  private drop(kind: Kind): void {
    clearTimeout(this.timers[kind]);
    delete this.faults[kind];
    this.release(kind);
    this.changed();
  }

  private release(kind: Kind): void {
    const track = this.tracks[kind];
    this.tracks[kind] = null;
    if (!track) return;
    track.onended = track.onmute = track.onunmute = null;
    track.stop();
  }

  private changed(): void {
    this.changes += 1;
    for (const listener of this.listeners) listener();
  }
}
