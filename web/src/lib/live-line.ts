/** What is used of a socket.io socket. */
export interface LineSocket {
  readonly connected: boolean;
  connect(): unknown;
  disconnect(): unknown;
  emit(event: string, payload: unknown): unknown;
  on(event: 'connect', listener: () => void): unknown;
  onAny(listener: (event: string, payload: unknown) => void): unknown;
}

type Listener = (payload: never) => void;

/** The live connection to the server, for pages that speak over it; it may come and go under them. */
export class LiveLine {
  private socket: LineSocket | undefined;
  private readonly listeners = new Map<string, Set<Listener>>();

  get isConnected(): boolean {
    return this.socket?.connected ?? false;
  }

  /** @returns takes it away again */
  attach(socket: LineSocket): () => void {
    this.socket = socket;
    socket.on('connect', () => this.tell('connect', undefined));
    socket.onAny((event, payload) => this.tell(event, payload));
    return () => {
      if (this.socket === socket) this.socket = undefined;
    };
  }

  /** `connect` tells of every connection that has come about. @returns stops listening */
  on<Payload>(event: string, listener: (payload: Payload) => void): () => void {
    const listeners = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, listeners.add(listener as Listener));
    return () => listeners.delete(listener as Listener);
  }

  /** What is said while there is no connection is lost: it would be wrong once there is one. */
  emit(event: string, payload: unknown): void {
    if (this.socket?.connected) this.socket.emit(event, payload);
  }

  /** A connection over the network that is there now: the old one may be dead without knowing. */
  refresh(): void {
    this.socket?.disconnect();
    this.socket?.connect();
  }

  private tell(event: string, payload: unknown): void {
    for (const listener of this.listeners.get(event) ?? []) listener(payload as never);
  }
}

/** Of whoever is signed in. */
export const liveLine = new LiveLine();
