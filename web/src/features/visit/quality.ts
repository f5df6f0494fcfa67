import type { VideoLevel } from './lines';

/** How the way to the other side is now. */
export interface Sample {
  rttMs: number | undefined;
  /** Share of packets that were lost, in either direction, the worse one: 0–1. */
  loss: number;
  /** What the browser believes it can send; not all browsers say. */
  availableKbps: number | undefined;
  /** All bytes that arrived so far, of whatever kind. */
  receivedBytes: number;
  /** Counted so far, to compare with the next ones. */
  counts: { sent: number; lostThere: number; received: number; lostHere: number };
}

export type Quality = 'good' | 'fair' | 'poor';

interface Entry {
  type: string;
  state?: string;
  nominated?: boolean;
  bytesReceived?: number;
  currentRoundTripTime?: number;
  availableOutgoingBitrate?: number;
  packetsSent?: number;
  packetsReceived?: number;
  packetsLost?: number;
}

/** @param entries of getStats; @param before the sample before this one, which what was counted is compared with */
export function sampleOf(entries: Iterable<Entry>, before?: Sample): Sample {
  const counts = { sent: 0, lostThere: 0, received: 0, lostHere: 0 };
  let rttMs: number | undefined;
  let availableKbps: number | undefined;
  let receivedBytes = 0;
  for (const entry of entries) {
    if (entry.type === 'outbound-rtp') counts.sent += entry.packetsSent ?? 0;
    if (entry.type === 'remote-inbound-rtp') counts.lostThere += Math.max(0, entry.packetsLost ?? 0);
    if (entry.type === 'inbound-rtp') {
      counts.received += entry.packetsReceived ?? 0;
      counts.lostHere += Math.max(0, entry.packetsLost ?? 0);
    }
    if (entry.type !== 'candidate-pair') continue;
    receivedBytes += entry.bytesReceived ?? 0;
    if (entry.state !== 'succeeded' || entry.nominated === false) continue;
    if (entry.currentRoundTripTime !== undefined) rttMs = entry.currentRoundTripTime * 1_000;
    if (entry.availableOutgoingBitrate !== undefined) availableKbps = entry.availableOutgoingBitrate / 1_000;
  }
  const loss = before
    ? Math.max(
        shareOf(counts.lostThere - before.counts.lostThere, counts.sent - before.counts.sent),
        shareOf(
          counts.lostHere - before.counts.lostHere,
          counts.received + counts.lostHere - before.counts.received - before.counts.lostHere,
        ),
      )
    : 0;
  return { rttMs, loss, availableKbps, receivedBytes, counts };
}

const shareOf = (part: number, whole: number): number => (whole > 0 ? Math.min(1, Math.max(0, part) / whole) : 0);

/**
 * In words. Limits: one way above 150 ms is heard in conversation (ITU-T G.114), and Opus hides losses up to some 5 %, beyond
 * a tenth words are missing.
 */
export function qualityOf({ rttMs = 0, loss, availableKbps = Infinity }: Sample): Quality {
  if (loss > 0.1 || rttMs > 600 || availableKbps < 80) return 'poor';
  if (loss > 0.03 || rttMs > 300 || availableKbps < 250) return 'fair';
  return 'good';
}

/** Seconds of samples. */
const WORSE_AFTER = 3;
const BETTER_AFTER = 6;
const LONGEST_PATIENCE = 60;
/** A picture that lasted this long was no mistake. */
const PROVEN_AFTER = 30;
const levels: readonly VideoLevel[] = ['off', 'low', 'full'];

/**
 * Sound first: on a weak network the picture becomes small, then waits, and comes back by itself. A picture that had to go
 * again soon after it came is waited for twice as long the next time, so that it does not flicker.
 */
export class VideoPolicy {
  private at = levels.length - 1;
  private bad = 0;
  private good = 0;
  /** Seconds since the picture was last raised, while it stands. */
  private heldFor: number | undefined;
  private patience = BETTER_AFTER;

  get level(): VideoLevel {
    return levels[this.at]!;
  }

  /** One a second. @returns the level from now on */
  next(sample: Sample): VideoLevel {
    // Of a way that carries less than it could, browsers believe no more than it carries.
    const quality = qualityOf(this.level === 'full' ? sample : { ...sample, availableKbps: undefined });
    if (this.heldFor !== undefined && (this.heldFor += 1) >= PROVEN_AFTER) this.patience = BETTER_AFTER;
    this.bad = quality === 'poor' ? this.bad + 1 : 0;
    // What is fair may stay as it is; only a good way carries more.
    this.good = quality === 'good' ? this.good + 1 : 0;
    if (this.bad >= WORSE_AFTER && this.at > 0) {
      if ((this.heldFor ?? PROVEN_AFTER) < PROVEN_AFTER) this.patience = Math.min(LONGEST_PATIENCE, this.patience * 2);
      this.heldFor = undefined;
      this.at -= 1;
      this.bad = 0;
    } else if (this.good >= this.patience && this.at < levels.length - 1) {
      this.at += 1;
      this.good = 0;
      this.heldFor = 0;
    }
    return this.level;
  }
}
