import { sessionEndedV1, topology } from '@medflow/contracts';
import { InProcessBus } from '@medflow/messaging';
import {
  eventually,
  FakeIdentity,
  foreignEvent,
  type Identified,
  ServiceHarness,
  testDatabase,
} from '@medflow/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { gateway } from '../src/index.js';
import { FakeService } from './fake-services.js';

let sequence = 0;
/** Somebody new, who has one session. */
const somebody = (): Identified => ({ id: `patient-${(sequence += 1)}`, role: 'patient' });

let identity: FakeIdentity;
let profiles: FakeService;
let bus: InProcessBus;
let busDatabase: Awaited<ReturnType<typeof testDatabase>>;
let doors: ServiceHarness[];
const sockets: Socket[] = [];

beforeAll(async () => {
  busDatabase = await testDatabase('bus');
  bus = new InProcessBus(busDatabase.client.db());
  bus.declare(topology);
  [identity, profiles] = await Promise.all([FakeIdentity.start(), FakeService.start()]);
  profiles.knows('/patients/me', { id: 'patient' });
  const upstreams = { identity: identity.url, profiles: profiles.url };
  const start = () => ServiceHarness.start(gateway, { kind: 'in-process', bus }, { upstreams, mongoUri: '' });
  doors = await Promise.all([start(), start()]);
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});
afterAll(async () => {
  await Promise.all(doors.map((door) => door.stop()));
  await Promise.all([identity.stop(), profiles.stop(), busDatabase.drop()]);
  bus.close();
});

const readBy = async (token: string, door = doors[0]!) =>
  door.call('GET', '/api/v1/patients/me', { headers: { authorization: `Bearer ${token}` } });

async function connect(token: string, door = doors[0]!, extraHeaders: Record<string, string> = {}): Promise<Socket> {
  const socket = io(door.url, {
    path: '/realtime',
    auth: { token },
    transports: ['websocket'],
    reconnection: false,
    extraHeaders,
  });
  sockets.push(socket);
  await new Promise<void>((resolve, reject) => {
    socket.on('connect', resolve);
    socket.on('connect_error', reject);
  });
  return socket;
}

/** What identity publishes when the session of this account ends. */
function tellEnd(account: Identified): Promise<unknown> {
  const sessionId = FakeIdentity.sessionOf(account);
  return bus.publish(foreignEvent(sessionEndedV1, sessionId, { sessionId, accountId: account.id }, { live: true }));
}

describe('the end of a session', () => {
  it('is the end of its access tokens and connections on every gateway, and of no other’s', async () => {
    const [leaving, staying] = [somebody(), somebody()];
    const [token, other] = [await identity.token(leaving), await identity.token(staying)];
    const open = await Promise.all(doors.map((door) => connect(token, door)));
    const kept = await Promise.all(doors.map((door) => connect(other, door)));
    for (const door of doors) expect((await readBy(token, door)).status).toBe(200);
    await tellEnd(leaving);
    for (const door of doors) {
      expect(await readBy(token, door)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
      expect((await readBy(other, door)).status).toBe(200);
      await expect(connect(token, door)).rejects.toThrow('unauthenticated');
    }
    await eventually(() => open.every(({ connected }) => !connected));
    expect(kept.map(({ connected }) => connected)).toEqual([true, true]);
  });

  it('is noticed within 30 s where the bus did not tell of it, by requests and by open connections', async () => {
    const [reading, listening] = [somebody(), somebody()];
    const token = await identity.token(reading);
    const socket = await connect(await identity.token(listening));
    expect((await readBy(token)).status).toBe(200);
    for (const account of [reading, listening]) identity.endedSessions.add(FakeIdentity.sessionOf(account));
    const patience = { timeoutMs: 29_000, everyMs: 250 };
    await Promise.all([
      eventually(async () => (await readBy(token)).status === 401, patience),
      eventually(() => !socket.connected, patience),
    ]);
  }, 40_000);

  it('is known to a gateway that has just started', async () => {
    const account = somebody();
    const token = await identity.token(account);
    identity.endedSessions.add(FakeIdentity.sessionOf(account));
    await doors[1]!.restart();
    expect((await readBy(token, doors[1])).status).toBe(401);
    expect((await readBy(await identity.token(somebody()), doors[1])).status).toBe(200);
  });

  it('is asked for by nobody at rest', async () => {
    for (const door of doors) expect((await readBy(await identity.token(somebody()), door)).status).toBe(200);
    const asks = identity.asks;
    await new Promise((resolve) => setTimeout(resolve, 17_000));
    expect(identity.asks).toBe(asks);
  }, 30_000);
});

describe('a connection', () => {
  it('ends when its token expires', async () => {
    const socket = await connect(await identity.token(somebody(), 2));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(socket.connected).toBe(true);
    await eventually(() => !socket.connected);
  });

  it('outlives its token when a newer one is presented, and ends with the session of that', async () => {
    const account = somebody();
    const socket = await connect(await identity.token(account, 2));
    expect(await socket.emitWithAck('authenticate', await identity.token(account))).toEqual({ ok: true });
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(socket.connected).toBe(true);
    await tellEnd(account);
    await eventually(() => !socket.connected);
  });

  it('passes to another session of its account, and to no other account', async () => {
    const account = somebody();
    const socket = await connect(await identity.token(account));
    const claims = { purpose: 'access', role: 'patient', iss: 'medflow', aud: 'medflow', exp: Date.now() / 1000 + 60 };
    const second = await identity.sign({ ...claims, sub: account.id, sid: 'second', exp: Math.floor(claims.exp) });
    expect(await socket.emitWithAck('authenticate', second)).toEqual({ ok: true });
    await tellEnd(account);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(socket.connected).toBe(true);
    expect(await socket.emitWithAck('authenticate', await identity.token(somebody()))).toEqual({ ok: false });
    await eventually(() => !socket.connected);
  });

  it('ends when a token is presented whose session has ended', async () => {
    const account = somebody();
    const socket = await connect(await identity.token(account));
    const over = somebody();
    await tellEnd(over);
    expect(await socket.emitWithAck('authenticate', await identity.token(over))).toEqual({ ok: false });
    await eventually(() => !socket.connected);
  });
});

describe('a live connection', () => {
  it('is for our own pages: another site’s is refused whatever token it has', async () => {
    const token = await identity.token(somebody());
    const own = doors[0]!.url;
    await connect(token, doors[0], { origin: own });
    await connect(token, doors[0], { origin: 'https://praxis.example', 'x-forwarded-host': 'praxis.example' });
    for (const origin of ['https://evil.example', 'null', `${own}.evil.example`, 'file://'])
      await expect(connect(token, doors[0], { origin })).rejects.toThrow();
  });
});
