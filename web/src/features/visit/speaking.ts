/** Full scale is 1. Speech at a normal distance is well above, a fan below. */
const SPEAKS_FROM = 0.04;
/** Between words. */
const HOLD_MS = 600;

/** Who speaks, without flicker between words. */
export class Speaking {
  private lastLoud = -Infinity;

  /** @param level 0–1, now in milliseconds */
  next(level: number, now: number): boolean {
    if (level >= SPEAKS_FROM) this.lastLoud = now;
    return now - this.lastLoud < HOLD_MS;
  }
}

/** Root mean square of samples between -1 and 1. */
export const loudnessOf = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / (samples.length || 1));

/** How loud a track is right now, 0–1. */
export class Meter {
  private readonly context = new AudioContext();
  private readonly analyser = this.context.createAnalyser();
  private readonly samples = new Float32Array(1_024);
  private source: MediaStreamAudioSourceNode | undefined;

  constructor() {
    this.analyser.fftSize = this.samples.length;
  }

  listen(track: MediaStreamTrack | null): void {
    this.source?.disconnect();
    this.source = undefined;
    if (!track) return;
    this.source = this.context.createMediaStreamSource(new MediaStream([track]));
    this.source.connect(this.analyser);
    // Begun without a gesture, browsers hold it back until there is one.
    void this.context.resume().catch(() => undefined);
  }

  level(): number {
    if (!this.source) return 0;
    this.analyser.getFloatTimeDomainData(this.samples);
    return loudnessOf(this.samples);
  }

  close(): void {
    void this.context.close().catch(() => undefined);
  }
}
