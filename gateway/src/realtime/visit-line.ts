/** What a browser of a visit sends: a call needs a few dozen of them, so that many at once are a flood. */
const SIGNALS = { perSecond: 50, burst: 200, dropped: 200 } as const;
const MAX_DATA_BYTES = 60 * 1024;
const MAX_VISITS = 5;
const ID = /^[\w-]{1,64}$/;

/** Of one connection: an account of one of these roles, or the holder of a third seat. */
export interface Visitor {
  accountId?: string;
  role?: string;
  seat?: string;
  /** Visits that it has entered, each with its device. */
  visits?: Map<string, string>;
  /** What is left of its signals, and as of when (milliseconds). */
  signals?: { left: number; at: number; dropped: number };
}

/** Asks consultations, which knows who may. @throws for what it refuses, or does not answer */
export interface VisitCalls {
  presence(appointmentId: string, word: object): Promise<void>;
  signal(appointmentId: string, word: object): Promise<void>;
}

interface VisitSocket {
  emit(event: string, payload: unknown): unknown;
  disconnect(close: boolean): unknown;
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && ID.test(value) ? value : undefined;

/** Who is meant, as consultations is told; undefined for who can be in no visit. */
function whoOf({ accountId, role, seat }: Visitor): object | undefined {
  if (seat !== undefined) return { seat };
  return accountId !== undefined && (role === 'patient' || role === 'doctor') ? { accountId, role } : undefined;
}

/**
 * Brings what the browsers of a visit tell each other to consultations, which knows who sits in it and tells every replica:
 * the other one may be connected to any.
 */
export class VisitLine {
  /** @param now milliseconds that only go forward */
  constructor(
    private readonly calls: VisitCalls,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** The page of a visit is open on this connection. */
  async enter(visitor: Visitor, word: unknown): Promise<void> {
    const { appointmentId: id, device: given } = (word ?? {}) as Record<string, unknown>;
    const [appointmentId, device, who] = [textOf(id), textOf(given), whoOf(visitor)];
    if (appointmentId === undefined || device === undefined || !who) return;
    const visits = (visitor.visits ??= new Map());
    if (visits.size >= MAX_VISITS && !visits.has(appointmentId)) return;
    visits.set(appointmentId, device);
    await this.calls.presence(appointmentId, { ...who, device, online: true }).catch(() => undefined);
  }

  /** Whom consultations does not let through, and what is no signal, goes nowhere; who floods is cut off. */
  async signal(visitor: Visitor, socket: VisitSocket, word: unknown): Promise<void> {
    if (!this.mayStill(visitor, socket)) return;
    const { appointmentId: id, to: given, data } = (word ?? {}) as Record<string, unknown>;
    const [appointmentId, to, who] = [textOf(id), textOf(given), whoOf(visitor)];
    const device = appointmentId === undefined ? undefined : visitor.visits?.get(appointmentId);
    if (appointmentId === undefined || to === undefined || !who || device === undefined || data === undefined) return;
    const said = JSON.stringify(data);
    if (said.length > MAX_DATA_BYTES) return;
    await this.calls.signal(appointmentId, { ...who, device, to, data: said }).catch(() => undefined);
  }

  /** The connection is gone, and with it the pages that it stood for. */
  async left(visitor: Visitor): Promise<void> {
    const who = whoOf(visitor);
    const visits = [...(visitor.visits ?? [])];
    await Promise.all(
      visits.map(([appointmentId, device]) =>
        this.calls.presence(appointmentId, { ...who, device, online: false }).catch(() => undefined),
      ),
    );
  }

  private mayStill(visitor: Visitor, socket: VisitSocket): boolean {
    const now = this.now();
    const bucket = (visitor.signals ??= { left: SIGNALS.burst, at: now, dropped: 0 });
    bucket.left = Math.min(SIGNALS.burst, bucket.left + ((now - bucket.at) / 1_000) * SIGNALS.perSecond);
    bucket.at = now;
    if (bucket.left >= 1) {
      bucket.left -= 1;
      return true;
    }
    bucket.dropped += 1;
    if (bucket.dropped === 1) socket.emit('signal:refused', { code: 'too-many-requests' });
    if (bucket.dropped > SIGNALS.dropped) socket.disconnect(true);
    return false;
  }
}
