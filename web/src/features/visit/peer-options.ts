import type { Signal, Tracks } from './signals';

/** What a connection to somebody needs of its surroundings. */
export interface PeerOptions {
  /** Gives way when both offer at once. The other side must have the opposite. */
  isPolite: boolean;
  send: (signal: Signal) => void;
  /** A new connection. */
  open: () => RTCPeerConnection;
  /** A name that no connection had before. */
  newName: () => string;
  /** What is sent from the first moment on. */
  tracks: Tracks;
  /** Something that is shown has changed. */
  onChange: () => void;
}
