/** What can be sent side by side, each with a line of its own that is negotiated once. */
export const slots = ['audio', 'camera', 'screen'] as const;
export type Slot = (typeof slots)[number];
export type Tracks = Record<Slot, MediaStreamTrack | null>;

/**
 * What two browsers tell each other through the server. Each connection has a name of its own: what was meant for a former
 * one is known by it, and so is a side that has begun anew.
 */
export type Signal =
  | { kind: 'hello'; from: string; to?: string | undefined }
  | { kind: 'description'; from: string; to: string; description: { type: RTCSdpType; sdp?: string | undefined } }
  | { kind: 'candidate'; from: string; to: string; candidate: RTCIceCandidateInit };

/** What the one at the other end has switched on; `isWeak`: their camera waits for a better network. */
export interface SeatState {
  audio: boolean;
  camera: boolean;
  screen: boolean;
  isWeak: boolean;
}

/** @returns undefined for what no peer of ours sends */
export function signalOf(data: unknown): Signal | undefined {
  const signal = data as Partial<Signal> | null | undefined;
  const isNamed = typeof signal === 'object' && signal !== null && typeof signal.from === 'string';
  return isNamed && ['hello', 'description', 'candidate'].includes(signal.kind ?? '') ? (signal as Signal) : undefined;
}

/** @returns undefined where it cannot be read */
export function seatStateOf(text: unknown): SeatState | undefined {
  try {
    const { audio, camera, screen, isWeak } = JSON.parse(String(text)) as Partial<SeatState>;
    return { audio: audio === true, camera: camera === true, screen: screen === true, isWeak: isWeak === true };
  } catch {
    return undefined;
  }
}
