import type { Visit, VisitState } from './visit.js';

/** Visits that somebody has come to; of the others there is nothing to keep. */
export abstract class Visits {
  abstract find(appointmentId: string): Promise<Visit | undefined>;
  /** With its facts. @throws VisitChanged when another was faster */
  abstract save(visit: Visit): Promise<void>;
  /** The doctor's visits that are not over, in which the patient waits, longest first. */
  abstract waiting(doctorId: string, now: Date): Promise<VisitState[]>;
  /** Minutes after the planned start that the doctor's last so many patients were let in. */
  abstract delays(doctorId: string, count: number): Promise<number[]>;
  /** The visit whose third seat has that secret (SHA-256, hex). */
  abstract ofSecret(secretHash: string): Promise<Visit | undefined>;
}

/** Something for the page of one participant, at this moment. */
export interface SignalSent {
  readonly appointmentId: string;
  readonly from: string;
  readonly to: string;
  /** JSON, which only the other browser reads. */
  readonly data: string;
}

export interface PresenceChanged {
  readonly appointmentId: string;
  readonly participantId: string;
  readonly device: string;
  readonly online: boolean;
}

/** Tells browsers that are connected now; what is lost, the page asks for. */
export abstract class LiveVisits {
  /** To everybody of the visit: it stands otherwise than before. */
  abstract changed(state: VisitState, moved?: { participantId: string; device: string }): void;
  /** @param isGuest the recipient has no account */
  abstract signal(signal: SignalSent, isGuest: boolean): void;
  /** @param others who are told, without the participant */
  abstract presence(presence: PresenceChanged, others: readonly { id: string; isGuest: boolean }[]): void;
}

export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** How the two reach each other. */
export abstract class Relays {
  /** For this call alone, for so long as it may last. */
  abstract iceServers(participantId: string, now: Date): { servers: readonly IceServer[]; relay: boolean };
}
