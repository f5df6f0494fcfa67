import type { IncomingHttpHeaders, Server as HttpServer } from 'node:http';
import type { LiveSubscriber } from '@medflow/messaging';
import { type AccessTokens, isOwnPage, type ServiceConfig, subjectOf } from '@medflow/service-kit';
import { Server, type Socket } from 'socket.io';
import { access } from '../access.js';
import { browserEventOf, liveTypes } from './browser-events.js';
import { SESSION_ENDED, type SessionEnds } from './session-ends.js';
import type { Visitor, VisitLine } from './visit-line.js';
import type { TypingRelay, Typist } from './typing.js';

export const REALTIME_PATH = '/realtime';
const MAX_MESSAGE_BYTES = 64 * 1024;
const MAX_SOCKETS_PER_ACCOUNT = 20;
const MAX_SOCKETS_PER_SEAT = 5;
const MAX_SECRET = 64;

/** While browsers are connected: the bus may have missed that one of their sessions has ended. */
const LOOK_FOR_ENDS_MS = 15_000;

const roomOf = (accountId: string) => `account:${accountId}`;
const seatRoomOf = (participantId: string) => `seat:${participantId}`;
const sessionRoomOf = (sessionId: string) => `session:${sessionId}`;

/** What a connection is known by. */
interface Connected extends Typist, Visitor {
  sessionId?: string;
  expiry?: NodeJS.Timeout;
}

/** Milliseconds until the token expires; it was verified, so its payload is to be believed. */
const lifetimeOf = (token: string): number => {
  const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { exp: number };
  return payload.exp * 1000 - Date.now();
};

/**
 * Browsers of this replica. Each replica hears every live event of the bus and passes on what concerns the accounts
 * that are connected to it, so nobody needs to reach a certain replica. A connection ends with its token, unless a newer
 * one was presented, and with its session.
 */
export class RealtimeHub {
  private io: Server | undefined;
  private lookingForEnds: NodeJS.Timeout | undefined;

  constructor(
    private readonly tokens: AccessTokens,
    private readonly live: LiveSubscriber,
    private readonly ends: SessionEnds,
    private readonly typing: TypingRelay,
    private readonly visits: VisitLine,
    /** Whom the secret of a third seat lets in; undefined: nobody. */
    private readonly seatOf: (secret: string) => Promise<string | undefined>,
    private readonly config: Pick<ServiceConfig, 'env'>,
  ) {}

  async attach(server: HttpServer): Promise<void> {
    const io = new Server(server, {
      path: REALTIME_PATH,
      serveClient: false,
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
      allowRequest: ({ headers }, decide) => decide(null, this.isOwnPage(headers)),
    });
    this.io = io;
    io.use((socket, next) => {
      this.letIn(socket).then(
        (admitted) => next(admitted ? undefined : new Error('unauthenticated')),
        () => next(new Error('service-unavailable')),
      );
    });
    io.on('connection', (socket) => {
      this.lookingForEnds ??= setInterval(() => void this.ends.refresh(), LOOK_FOR_ENDS_MS).unref();
      // A fresh token before the old one ends keeps the connection.
      socket.on('authenticate', (token: unknown, acknowledge?: unknown) => {
        void this.admit(socket, token)
          .catch(() => false)
          .then((admitted) => {
            if (typeof acknowledge === 'function') acknowledge({ ok: admitted });
            if (!admitted) socket.disconnect(true);
          });
      });
      socket.on('visit:enter', (word: unknown) => void this.visits.enter(socket.data as Connected, word));
      socket.on('signal', (word: unknown) => void this.visits.signal(socket.data as Connected, socket, word));
      socket.on('typing', (word: unknown) => void this.typing.pass(socket.data as Connected, word));
      socket.on('disconnect', () => {
        void this.visits.left(socket.data as Connected);
        clearTimeout((socket.data as Connected).expiry);
        if (io.sockets.sockets.size === 0) this.stopLooking();
      });
    });
    this.ends.onEnd((sessionId) => io.in(sessionRoomOf(sessionId)).disconnectSockets(true));
    await this.live.subscribe([...liveTypes, SESSION_ENDED], (event) => {
      if (event.type === SESSION_ENDED) return this.ends.recordEnd(event);
      const told = browserEventOf(event);
      if (!told) return;
      const rooms = [...told.accounts.map(roomOf), ...(told.seats ?? []).map(seatRoomOf)];
      // To no room would be to everybody.
      if (rooms.length > 0) io.to(rooms).emit(told.name, told.payload);
    });
  }

  /** Another site's page cannot name a forwarded host, which a proxy of ours may have written. */
  private isOwnPage({ origin, host = '', ...headers }: IncomingHttpHeaders): boolean {
    const forwarded = String(headers['x-forwarded-host'] ?? host);
    return [host, forwarded].some((name) =>
      isOwnPage({ origin, fetchSite: undefined, host: name, protocol: 'http' }, this.config.env.PUBLIC_URL),
    );
  }

  /** By an access token, or by the link of a third seat. */
  private async letIn(socket: Socket): Promise<boolean> {
    const { token, seat } = socket.handshake.auth as { token?: unknown; seat?: unknown };
    return typeof seat === 'string' ? this.seatGuest(socket, seat) : this.admit(socket, token);
  }

  /** A guest hears of their visit and of nothing else. */
  private async seatGuest(socket: Socket, secret: string): Promise<boolean> {
    const participantId = secret.length <= MAX_SECRET ? await this.seatOf(secret) : undefined;
    if (participantId === undefined) return false;
    const room = seatRoomOf(participantId);
    if ((this.io?.sockets.adapter.rooms.get(room)?.size ?? 0) >= MAX_SOCKETS_PER_SEAT) return false;
    (socket.data as Connected).seat = secret;
    await socket.join(room);
    return true;
  }

  /** Lets a verified account into its rooms until its token expires; another account's token is refused. */
  private async admit(socket: Socket, token: unknown): Promise<boolean> {
    const account = typeof token === 'string' && token.length < 4096 ? await this.tokens.verify(token) : null;
    if (!account) return false;
    const data = socket.data as Connected;
    const { accountId = account.id } = data;
    if (!access.allows(subjectOf(account, this.config), 'hear', 'news', { accountId })) return false;
    const room = roomOf(account.id);
    const connected = this.io?.sockets.adapter.rooms.get(room)?.size ?? 0;
    if (data.accountId === undefined && connected >= MAX_SOCKETS_PER_ACCOUNT) return false;
    const left = data.sessionId;
    data.accountId = account.id;
    data.role = account.role;
    data.sessionId = account.sessionId;
    clearTimeout(data.expiry);
    data.expiry = setTimeout(() => socket.disconnect(true), lifetimeOf(token as string)).unref();
    await socket.join([room, sessionRoomOf(account.sessionId)]);
    if (left !== undefined && left !== account.sessionId) await socket.leave(sessionRoomOf(left));
    return true;
  }

  /** Clients are told to connect again, which another replica answers. */
  async close(): Promise<void> {
    this.stopLooking();
    await this.live.close();
    this.io?.disconnectSockets(true);
    this.io?.engine.close();
  }

  private stopLooking(): void {
    clearInterval(this.lookingForEnds);
    this.lookingForEnds = undefined;
  }
}
