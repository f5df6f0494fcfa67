import { Arrivals } from './arrivals';
import { Lines, type VideoLevel, type VideoLimit } from './lines';
import type { PeerOptions } from './peer-options';
import type { SeatState, Signal, Slot, Tracks } from './signals';
import { seatStateOf } from './signals';

export type PeerState = 'waiting' | 'connecting' | 'connected' | 'restoring';

/** So long a connection has to be found on new ways before another one takes its place. */
const RESTORE_MS = 2_500;
/** Both sides notice at the same moment: one of them restarts, or their offers collide and all is found out twice. */
const OTHERS_TURN_MS = 500;
const CONNECT_MS = { first: 5_000, last: 15_000 };
const HELLO_MS = { first: 1_000, last: 5_000 };

/**
 * The connection to one other person, for as long as the call lasts, whatever becomes of networks and browsers: what breaks
 * is first restored by an ICE restart, then replaced whole.
 *
 * Negotiation is W3C's « perfect negotiation » (WebRTC 1.0, example 10.7) with one restriction: the first offer is the
 * impolite side's, so that the lines are the same three on both sides, and never more.
 */
export class Peer {
  private pc!: RTCPeerConnection;
  private lines: Lines | undefined;
  private channel: RTCDataChannel | undefined;
  private name = '';
  /** The name of the connection at the other end. */
  private other: string | undefined;
  private isOffering = false;
  private isOfferIgnored = false;
  private isTakingAnswer = false;
  private isClosed = false;
  private wasConnected = false;
  private attempts = 0;
  private hellos = 0;
  private early: RTCIceCandidateInit[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private greeting: ReturnType<typeof setTimeout> | undefined;
  private turn: ReturnType<typeof setTimeout> | undefined;
  private readonly arrivals = new Arrivals();
  private handled: Promise<void> = Promise.resolve();
  private readonly tracks: Tracks;
  private said: SeatState | undefined;
  private level: VideoLevel = 'full';

  state: PeerState = 'waiting';
  /** What the other side said last of itself. */
  seat: SeatState | undefined;

  constructor(private readonly options: PeerOptions) {
    this.tracks = { ...options.tracks };
    this.begin();
  }

  get connection(): RTCPeerConnection {
    return this.pc;
  }

  /** What arrives, once it is known on which lines. */
  get incoming(): Tracks | undefined {
    return this.lines?.incoming;
  }

  publish(slot: Slot, track: MediaStreamTrack | null): void {
    this.tracks[slot] = track;
    void this.lines?.publish(slot, track);
  }

  /** How much of the camera the network takes. */
  limitVideo(level: VideoLevel, limit: VideoLimit): void {
    this.level = level;
    void this.lines?.limitVideo(level, limit);
  }

  /** Tells the other side what is switched on here, now and whenever they come back. */
  say(state: SeatState): void {
    this.said = state;
    if (this.channel?.readyState === 'open') this.channel.send(JSON.stringify(state));
  }

  /** Signals are taken one after another: a description must be in before its candidates. */
  receive(signal: Signal): Promise<void> {
    this.handled = this.handled.then(() => this.take(signal)).catch(() => this.renewSoon());
    return this.handled;
  }

  /** @param bytes received so far over this connection: where they stop growing, the way is broken before anybody says so */
  observe(bytes: number, now: number): void {
    const isFlowing = this.arrivals.flow(bytes, now);
    if (this.state === 'restoring' && isFlowing && this.pc.connectionState === 'connected') this.arrived();
    else if (this.state === 'connected' && isFlowing === false)
      this.restore(this.options.isPolite ? OTHERS_TURN_MS : 0);
  }

  /**
   * The network is another one, or the device slept, or the server is back: look whether the way still holds.
   * @param patienceMs for how long the other side may do it
   */
  restore(patienceMs = 0): void {
    if (this.isClosed || this.other === undefined || this.state === 'restoring' || this.state === 'connecting') return;
    this.become('restoring');
    const { pc } = this;
    const restart = () => pc === this.pc && this.state === 'restoring' && pc.restartIce();
    clearTimeout(this.turn);
    if (patienceMs > 0) this.turn = setTimeout(restart, patienceMs);
    else restart();
    this.renewAfter(patienceMs + RESTORE_MS);
  }

  /** The server is reached again: what was sent meanwhile is lost, and is said once more. */
  resume(): void {
    if (this.isClosed || this.state === 'connected') return;
    if (this.state === 'waiting') this.greet();
    else if (this.state === 'restoring' && this.pc.remoteDescription) {
      if (this.pc.signalingState === 'have-local-offer') this.describe(this.pc);
      else this.pc.restartIce();
      this.renewAfter(RESTORE_MS);
    } else this.renew();
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    clearTimeout(this.greeting);
    clearTimeout(this.turn);
    this.leave();
  }

  private begin(): void {
    this.leave();
    const pc = this.options.open();
    this.pc = pc;
    this.name = this.options.newName();
    this.other = undefined;
    this.lines = this.channel = undefined;
    this.arrivals.forget();
    this.isOffering = this.isOfferIgnored = this.isTakingAnswer = false;
    this.early = [];
    pc.onnegotiationneeded = () => void this.offer(pc).catch(() => this.renewSoon());
    pc.onicecandidate = ({ candidate }) => {
      if (candidate && this.other)
        this.options.send({ kind: 'candidate', from: this.name, to: this.other, candidate: candidate.toJSON() });
    };
    pc.onconnectionstatechange = () => pc === this.pc && this.follow(pc.connectionState);
    this.become(this.wasConnected ? 'restoring' : 'waiting');
    this.hellos = 0;
    this.greet();
  }

  /** Repeated until the other side is known: whoever is not there yet hears nothing. */
  private greet(): void {
    clearTimeout(this.greeting);
    this.options.send({ kind: 'hello', from: this.name, to: this.other });
    if (this.other !== undefined) return;
    this.greeting = setTimeout(() => this.greet(), Math.min(HELLO_MS.last, HELLO_MS.first * 2 ** this.hellos));
    this.hellos += 1;
  }

  private leave(): void {
    const old = this.pc as RTCPeerConnection | undefined;
    if (!old) return;
    old.onnegotiationneeded = old.onicecandidate = old.onconnectionstatechange = null;
    old.close();
  }

  private async take(signal: Signal): Promise<void> {
    // The latter: meant for a connection that is no more.
    if (this.isClosed || (signal.to !== undefined && signal.to !== this.name)) return;
    if (signal.from !== this.other) this.meet(signal.from, signal.to === undefined);
    else if (signal.kind === 'hello' && signal.to === undefined) this.greet();
    if (signal.kind === 'description') await this.takeDescription(signal.description as RTCSessionDescriptionInit);
    if (signal.kind === 'candidate') await this.consider(signal.candidate);
  }

  /** Signals may overtake one another: a candidate waits for the description that it belongs to. */
  private async consider(candidate: RTCIceCandidateInit): Promise<void> {
    const { pc } = this;
    const isTaken =
      pc.remoteDescription !== null &&
      (await pc
        .addIceCandidate(candidate)
        .then(() => true)
        .catch(() => false));
    if (!isTaken && pc === this.pc && !this.isOfferIgnored) this.early.push(candidate);
  }

  /** The other side has a connection that was not known yet. */
  private meet(name: string, isAnswerAwaited: boolean): void {
    // Ours has dealings with a former one of theirs.
    const isUsed = this.pc.signalingState !== 'stable' || this.pc.remoteDescription !== null;
    const mustTell = isUsed || isAnswerAwaited;
    if (isUsed) this.begin();
    this.other = name;
    clearTimeout(this.greeting);
    if (mustTell) this.greet();
    if (this.state === 'waiting') this.become('connecting');
    this.renewAfter(Math.min(CONNECT_MS.last, CONNECT_MS.first * 2 ** this.attempts));
    // The first offer is the impolite side's: that it needs one, its lines will say.
    if (!this.options.isPolite && !this.lines) this.lay(Lines.open(this.pc, this.tracks));
  }

  private lay(lines: Lines): void {
    this.lines = lines;
    // Agreed by its number on both sides, so that it needs no negotiation of its own.
    this.channel = this.pc.createDataChannel('seat', { negotiated: true, id: 0 });
    const { channel } = this;
    channel.onopen = () => this.said && channel.send(JSON.stringify(this.said));
    channel.onmessage = ({ data }) => {
      this.seat = seatStateOf(data) ?? this.seat;
      this.options.onChange();
    };
    this.options.onChange();
  }

  private async offer(pc: RTCPeerConnection): Promise<void> {
    if (pc !== this.pc || this.other === undefined) return;
    try {
      this.isOffering = true;
      await pc.setLocalDescription();
      this.describe(pc);
    } finally {
      if (pc === this.pc) this.isOffering = false;
    }
  }

  private describe(pc: RTCPeerConnection): void {
    const description = pc.localDescription;
    if (pc !== this.pc || this.other === undefined || !description) return;
    const { type, sdp } = description;
    this.options.send({ kind: 'description', from: this.name, to: this.other, description: { type, sdp } });
  }

  private async takeDescription(description: RTCSessionDescriptionInit): Promise<void> {
    const { pc } = this;
    const isReady = !this.isOffering && (pc.signalingState === 'stable' || this.isTakingAnswer);
    const isCollision = description.type === 'offer' && !isReady;
    this.isOfferIgnored = isCollision && !this.options.isPolite;
    if (this.isOfferIgnored) return;
    this.isTakingAnswer = description.type === 'answer';
    // An offer of ours that collides is rolled back by this.
    await pc.setRemoteDescription(description);
    if (pc !== this.pc) return;
    this.isTakingAnswer = false;
    for (const candidate of this.early.splice(0)) await this.consider(candidate);
    if (description.type === 'offer') {
      clearTimeout(this.turn);
      if (!this.lines) this.lay(await Lines.take(pc, this.tracks));
      await pc.setLocalDescription();
      this.describe(pc);
    }
    void this.lines?.limitVideo(this.level);
  }

  private follow(state: RTCPeerConnectionState): void {
    if (state === 'connected') this.arrived();
    else if (state === 'disconnected' || (state === 'failed' && this.state === 'connected')) this.restore();
    else if (state === 'failed') this.renew();
  }

  private arrived(): void {
    clearTimeout(this.timer);
    clearTimeout(this.turn);
    // What was lost meanwhile is part of every picture since: the next one is to stand for itself.
    if (this.state === 'restoring') void this.lines?.beginAnew();
    this.wasConnected = true;
    this.attempts = 0;
    this.arrivals.forget();
    this.become('connected');
  }

  private renewAfter(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.renew(), ms);
  }

  private renewSoon(): void {
    if (!this.isClosed) this.renewAfter(HELLO_MS.first);
  }

  /** A whole new connection; the other side follows when it hears of it. */
  private renew(): void {
    if (this.isClosed) return;
    clearTimeout(this.timer);
    this.attempts += 1;
    this.begin();
  }

  private become(state: PeerState): void {
    if (state === this.state) return;
    this.state = state;
    this.options.onChange();
  }
}
