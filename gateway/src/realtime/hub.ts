import type { Server as HttpServer } from 'node:http';
import type { LiveSubscriber } from '@medflow/messaging';
import type { AccessTokens } from '@medflow/service-kit';
import { Server, type Socket } from 'socket.io';
import { browserEventOf, liveTypes } from './browser-events.js';

export const REALTIME_PATH = '/realtime';
const MAX_MESSAGE_BYTES = 64 * 1024;
const MAX_SOCKETS_PER_ACCOUNT = 20;

const roomOf = (accountId: string) => `account:${accountId}`;

/** Milliseconds until the token expires; it was verified, so its payload is to be believed. */
const lifetimeOf = (token: string): number => {
  const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { exp: number };
  return payload.exp * 1000 - Date.now();
};

/**
 * Browsers of this replica. Each replica hears every live event of the bus and passes on what concerns the accounts
 * that are connected to it, so nobody needs to reach a certain replica.
 */
export class RealtimeHub {
  private io: Server | undefined;

  constructor(
    private readonly tokens: AccessTokens,
    private readonly live: LiveSubscriber,
  ) {}

  async attach(server: HttpServer): Promise<void> {
    const io = new Server(server, {
      path: REALTIME_PATH,
      serveClient: false,
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
    });
    this.io = io;
    io.use((socket, next) => {
      this.admit(socket, (socket.handshake.auth as { token?: unknown }).token).then(
        (admitted) => next(admitted ? undefined : new Error('unauthenticated')),
        () => next(new Error('service-unavailable')),
      );
    });
    io.on('connection', (socket) => {
      // A fresh token before the old one ends keeps the connection.
      socket.on('authenticate', (token: unknown, acknowledge?: unknown) => {
        void this.admit(socket, token)
          .catch(() => false)
          .then((admitted) => {
            if (typeof acknowledge === 'function') acknowledge({ ok: admitted });
            if (!admitted) socket.disconnect(true);
          });
      });
      socket.on('disconnect', () => clearTimeout((socket.data as { expiry?: NodeJS.Timeout }).expiry));
    });
    await this.live.subscribe(liveTypes, (event) => {
      const told = browserEventOf(event);
      if (told) io.to(told.accounts.map(roomOf)).emit(told.name, told.payload);
    });
  }

  /** Lets a verified account into its room until its token expires; another account's token is refused. */
  private async admit(socket: Socket, token: unknown): Promise<boolean> {
    const account = typeof token === 'string' && token.length < 4096 ? await this.tokens.verify(token) : null;
    if (!account) return false;
    const data = socket.data as { accountId?: string; expiry?: NodeJS.Timeout };
    if (data.accountId !== undefined && data.accountId !== account.id) return false;
    const room = roomOf(account.id);
    const connected = this.io?.sockets.adapter.rooms.get(room)?.size ?? 0;
    if (data.accountId === undefined && connected >= MAX_SOCKETS_PER_ACCOUNT) return false;
    data.accountId = account.id;
    clearTimeout(data.expiry);
    data.expiry = setTimeout(() => socket.disconnect(true), lifetimeOf(token as string)).unref();
    await socket.join(room);
    return true;
  }

  /** Clients are told to connect again, which another replica answers. */
  async close(): Promise<void> {
    await this.live.close();
    this.io?.disconnectSockets(true);
    this.io?.engine.close();
  }
}
