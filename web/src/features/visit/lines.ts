import { type Slot, slots, type Tracks } from './signals';

/** How much of the camera is sent: all of it, a small picture, or none so that the sound gets through. */
export type VideoLevel = 'full' | 'low' | 'off';

/** At most so much of the camera for one who receives it. */
export interface VideoLimit {
  maxKbps: number;
  /** Of width and height, the part that is sent: 1/scale. */
  scale: number;
}

const LOW = { maxKbps: 150, scale: 3, framesPerSecond: 15 };

/** The three lines of a connection, in the order of {@link slots}; what runs over them changes without negotiating. */
export class Lines {
  private limit: VideoLimit = { maxKbps: 1_500, scale: 1 };

  private constructor(private readonly transceivers: readonly RTCRtpTransceiver[]) {}

  /** For the side that offers first. */
  static open(pc: RTCPeerConnection, tracks: Tracks): Lines {
    return new Lines(
      slots.map((slot) =>
        pc.addTransceiver(tracks[slot] ?? (slot === 'audio' ? 'audio' : 'video'), { direction: 'sendrecv' }),
      ),
    );
  }

  /** For the side that answers, once the offer is in and before it is answered. */
  static async take(pc: RTCPeerConnection, tracks: Tracks): Promise<Lines> {
    const transceivers = pc.getTransceivers().slice(0, slots.length);
    for (const transceiver of transceivers) transceiver.direction = 'sendrecv';
    const lines = new Lines(transceivers);
    await Promise.all(slots.map((slot) => lines.publish(slot, tracks[slot])));
    return lines;
  }

  get incoming(): Tracks {
    const [audio = null, camera = null, screen = null] = this.transceivers.map(({ receiver }) => receiver.track);
    return { audio, camera, screen };
  }

  async publish(slot: Slot, track: MediaStreamTrack | null): Promise<void> {
    // A closed connection takes nothing more.
    await this.senderOf(slot)
      ?.replaceTrack(track)
      .catch(() => undefined);
  }

  async limitVideo(level: VideoLevel, limit = this.limit): Promise<void> {
    this.limit = limit;
    const sender = this.senderOf('camera');
    const parameters = sender?.getParameters();
    const encoding = parameters?.encodings?.[0];
    if (!sender || !parameters || !encoding) return;
    const isLow = level !== 'full';
    encoding.active = level !== 'off';
    encoding.maxBitrate = (isLow ? LOW : limit).maxKbps * 1_000;
    encoding.scaleResolutionDownBy = isLow ? LOW.scale : limit.scale;
    if (isLow) encoding.maxFramerate = LOW.framesPerSecond;
    else delete encoding.maxFramerate;
    await sender.setParameters(parameters).catch(() => undefined);
  }

  /** Sends pictures that need no earlier ones, where the browser can be asked (`encodingOptions`, W3C WebRTC extensions). */
  async beginAnew(): Promise<void> {
    for (const slot of ['camera', 'screen'] as const) {
      const sender = this.senderOf(slot);
      const parameters = sender?.getParameters();
      if (!sender || !parameters?.encodings?.length) continue;
      const encodingOptions = parameters.encodings.map(() => ({ keyFrame: true }));
      await sender.setParameters(parameters, { encodingOptions } as never).catch(() => undefined);
    }
  }

  private senderOf(slot: Slot): RTCRtpSender | undefined {
    return this.transceivers[slots.indexOf(slot)]?.sender;
  }
}
