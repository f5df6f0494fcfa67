/** For tests: connections that negotiate as browsers do (WebRTC 1.0), over a network that can be changed under them. */
export class FakeNetwork {
  readonly all: FakeConnection[] = [];
  /** Grows when the network becomes another one: only what was offered since gets through. */
  epoch = 0;
  isDown = false;

  open = (): RTCPeerConnection => {
    const connection = new FakeConnection(this, this.all.length + 1);
    this.all.push(connection);
    return connection as unknown as RTCPeerConnection;
  };

  get live(): FakeConnection[] {
    return this.all.filter(({ connectionState }) => connectionState !== 'closed');
  }

  /** The phone goes from Wi-Fi to 4G. @param isNoticed browsers notice a lost way after seconds only */
  change({ isNoticed = true } = {}): void {
    this.epoch += 1;
    if (isNoticed) for (const connection of this.live) connection.loses();
  }

  /** Whoever has agreed with one another is connected, if the network lets them. */
  settle(): void {
    if (this.isDown) return;
    for (const one of this.live)
      for (const other of this.live)
        if (one !== other && one.hasAgreedWith(other) && other.hasAgreedWith(one)) one.connects();
  }

  carries(connection: FakeConnection): boolean {
    return connection.connectionState === 'connected' && !this.isDown && connection.isOn(this.epoch);
  }
}

interface Described {
  id: number;
  ice: number;
  epoch: number;
  lines: number;
}

type Description = { type: RTCSdpType; sdp: string };
const read = ({ sdp }: Description): Described => JSON.parse(sdp) as Described;

class FakeSender {
  parameters: { encodings: { active?: boolean; maxBitrate?: number }[] } = { encodings: [{}] };
  constructor(public track: MediaStreamTrack | null) {}
  replaceTrack(track: MediaStreamTrack | null): Promise<void> {
    this.track = track;
    return Promise.resolve();
  }
  getParameters() {
    return structuredClone(this.parameters);
  }
  /** Pictures asked for that need no earlier ones. */
  keyFrames = 0;
  setParameters(
    parameters: FakeSender['parameters'],
    options?: { encodingOptions: { keyFrame: boolean }[] },
  ): Promise<void> {
    this.parameters = parameters;
    if (options?.encodingOptions[0]?.keyFrame) this.keyFrames += 1;
    return Promise.resolve();
  }
}

export interface FakeTransceiver {
  direction: string;
  sender: FakeSender;
  receiver: { track: { kind: string } };
}

class FakeChannel {
  readyState = 'connecting';
  sent: string[] = [];
  opposite: FakeChannel | undefined;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  send(data: string): void {
    this.sent.push(data);
    this.opposite?.onmessage?.({ data });
  }
}

export class FakeConnection {
  signalingState = 'stable';
  connectionState = 'new';
  transceivers: FakeTransceiver[] = [];
  channel: FakeChannel | undefined;
  onnegotiationneeded: (() => void) | null = null;
  onicecandidate: ((event: { candidate: unknown }) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  pending: { local?: Description; remote?: Description } = {};
  current: { local?: Description; remote?: Description } = {};
  private ice = 1;
  private wantsRestart = false;
  private isOfferWanted = false;

  constructor(
    private readonly network: FakeNetwork,
    readonly id: number,
  ) {}

  get localDescription(): Description | null {
    return this.pending.local ?? this.current.local ?? null;
  }
  get remoteDescription(): Description | null {
    return this.pending.remote ?? this.current.remote ?? null;
  }

  addTransceiver(from: MediaStreamTrack | string, { direction }: { direction: string }): FakeTransceiver {
    const track = typeof from === 'string' ? null : from;
    const kind = typeof from === 'string' ? from : from.kind;
    const transceiver = { direction, sender: new FakeSender(track), receiver: { track: { kind } } };
    this.transceivers.push(transceiver);
    this.needsNegotiation();
    return transceiver;
  }
  getTransceivers(): FakeTransceiver[] {
    return this.transceivers;
  }
  createDataChannel(): FakeChannel {
    return (this.channel = new FakeChannel());
  }

  async setLocalDescription(): Promise<void> {
    await Promise.resolve();
    this.mustBeOpen();
    if (this.signalingState === 'have-remote-offer') {
      const { ice } = read(this.pending.remote!);
      if (this.current.remote && ice !== read(this.current.remote).ice) {
        this.ice += 1;
        this.wantsRestart = false;
      }
      this.isOfferWanted = this.wantsRestart;
      this.current = { remote: this.pending.remote!, local: this.describe('answer') };
      this.pending = {};
      return this.become('stable');
    }
    if (this.wantsRestart) this.ice += 1;
    this.wantsRestart = this.isOfferWanted = false;
    this.pending = { local: this.describe('offer') };
    this.become('have-local-offer');
  }

  async setRemoteDescription(description: Description): Promise<void> {
    await Promise.resolve();
    this.mustBeOpen();
    if (description.type === 'answer') {
      if (this.signalingState !== 'have-local-offer') throw new Error('InvalidStateError');
      this.current = { local: this.pending.local!, remote: description };
      this.pending = {};
      return this.become('stable');
    }
    if (this.signalingState === 'have-local-offer') {
      // Rolled back; what it was to bring about is still wanted.
      if (this.current.local) {
        this.ice = read(this.current.local).ice;
        this.wantsRestart = true;
      }
      this.isOfferWanted = true;
    }
    this.pending = { remote: description };
    const { lines } = read(description);
    while (this.transceivers.length < lines) {
      const kind = this.transceivers.length === 0 ? 'audio' : 'video';
      this.transceivers.push({ direction: 'recvonly', sender: new FakeSender(null), receiver: { track: { kind } } });
    }
    this.become('have-remote-offer');
  }

  addIceCandidate(): Promise<void> {
    return this.remoteDescription ? Promise.resolve() : Promise.reject(new Error('InvalidStateError'));
  }

  restartIce(): void {
    this.wantsRestart = true;
    this.needsNegotiation();
  }

  getReceivers() {
    return [];
  }
  getStats(): Promise<Map<string, object>> {
    return Promise.resolve(new Map());
  }

  close(): void {
    this.connectionState = 'closed';
  }

  /** Whether these two hold the latest of each other. */
  hasAgreedWith(other: FakeConnection): boolean {
    const { remote } = this.current;
    const theirs = other.current.local;
    if (this.signalingState !== 'stable' || !remote || !theirs) return false;
    const [a, b] = [read(remote), read(theirs)];
    return a.id === other.id && a.ice === b.ice && this.isOn(this.network.epoch);
  }

  isOn(epoch: number): boolean {
    const { local, remote } = this.current;
    return !!local && !!remote && read(local).epoch >= epoch && read(remote).epoch >= epoch;
  }

  connects(): void {
    if (this.connectionState === 'connected') return;
    this.connectionState = 'connected';
    this.onconnectionstatechange?.();
    const opposite = this.network.live.find((other) => other !== this && other.hasAgreedWith(this));
    if (!this.channel || !opposite?.channel || this.channel.readyState === 'open') return;
    this.channel.opposite = opposite.channel;
    this.channel.readyState = 'open';
    this.channel.onopen?.();
  }

  loses(): void {
    if (this.connectionState !== 'connected') return;
    this.connectionState = 'disconnected';
    this.onconnectionstatechange?.();
  }

  private describe(type: RTCSdpType): Description {
    const described: Described = {
      id: this.id,
      ice: this.ice,
      epoch: this.network.epoch,
      lines: this.transceivers.length,
    };
    return { type, sdp: JSON.stringify(described) };
  }

  private become(state: string): void {
    this.signalingState = state;
    if (state !== 'stable') return;
    if (this.isOfferWanted) this.tellOfferWanted();
    setTimeout(() => this.network.settle(), 20);
  }

  private needsNegotiation(): void {
    if (this.isOfferWanted) return;
    this.isOfferWanted = true;
    this.tellOfferWanted();
  }

  private tellOfferWanted(): void {
    queueMicrotask(() => {
      const isNow = this.isOfferWanted && this.signalingState === 'stable' && this.connectionState !== 'closed';
      if (isNow) this.onnegotiationneeded?.();
    });
  }

  private mustBeOpen(): void {
    if (this.connectionState === 'closed') throw new Error('InvalidStateError');
  }
}
