import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { repeated, replaced } from '../src/domain/refresh-secrets.js';
import { type Session, sessionEnd, Sessions } from '../src/domain/session.js';
import { FixedClock, SessionsInMemory } from './fakes.js';
import { IdentityHarness, many, next, type Replica } from './harness.js';

let harness: IdentityHarness;
let replica: Replica;
let other: Replica;
beforeAll(async () => {
  harness = await IdentityHarness.create();
  [replica, other] = [await harness.replica(), await harness.replica()];
});
afterAll(() => harness.close());

describe.each<[string, () => [Sessions, Sessions]]>([
  [
    'in memory',
    () => {
      const sessions = new SessionsInMemory();
      return [sessions, sessions];
    },
  ],
  ['in MongoDB', () => [replica.get(Sessions, { strict: false }), other.get(Sessions, { strict: false })]],
])('sessions %s', (kind, make) => {
  const clock = new FixedClock(new Date());
  const start = clock.now();
  const after = (seconds: number) => new Date(start.getTime() + seconds * 1000);
  let sessions: Sessions;
  let elsewhere: Sessions;
  beforeAll(() => {
    [sessions, elsewhere] = make();
  });
  const open = async (over: Partial<Session> = {}): Promise<Session> => {
    const times = { createdAt: start, lastUsedAt: start, expiresAt: sessionEnd(start) };
    const owner = { id: next('session'), accountId: next('account'), device: 'Firefox' };
    const session = { ...owner, ...times, secrets: { newest: 'first' }, ...over };
    await sessions.open(session);
    return session;
  };
  const refreshed = (session: Session, successor: string, now = start): Session => ({
    ...session,
    secrets: replaced(session.secrets, { digest: successor, salt: `salt-${successor}` }, now),
    lastUsedAt: now,
    expiresAt: sessionEnd(now),
  });
  const facts = (id: string) => harness.database.client.db().collection('outbox').countDocuments({ subject: id });
  const endedIds = async (since: Date, now: Date) => (await sessions.ended(since, now)).map(({ id }) => id);

  it('come back as they were opened and as they were refreshed', async () => {
    const session = await open();
    expect(await sessions.byId(session.id, start)).toEqual(session);
    const second = refreshed(session, 'second', after(60));
    expect(await sessions.refresh(session, second)).toBe(true);
    expect(await elsewhere.byId(session.id, start)).toEqual(second);
    const again = { ...second, secrets: repeated(second.secrets) };
    expect(await elsewhere.refresh(second, again)).toBe(true);
    expect(await sessions.byId(session.id, start)).toEqual(again);
    const third = refreshed(again, 'third', after(120));
    expect(await sessions.refresh(again, third)).toBe(true);
    expect(await sessions.byId(session.id, start)).toEqual(third);
  });

  it('are refreshed by one of fifty that read the same secrets, on two replicas', async () => {
    const session = await open();
    const results = await many(50, (n) =>
      (n % 2 ? sessions : elsewhere).refresh(session, refreshed(session, `s-${n}`)),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
    const winner = refreshed(session, `s-${results.indexOf(true)}`);
    expect(await sessions.byId(session.id, start)).toEqual(winner);
    const repetition = { ...winner, secrets: repeated(winner.secrets) };
    const repetitions = await many(50, (n) => (n % 2 ? sessions : elsewhere).refresh(winner, repetition));
    expect(repetitions.filter(Boolean)).toHaveLength(1);
    expect(await sessions.refresh(winner, refreshed(winner, 'late'))).toBe(false);
  });

  it('live no longer than they should, whatever is saved', async () => {
    const session = await open();
    expect(await sessions.byId(session.id, sessionEnd(start))).toBeUndefined();
    expect(await sessions.ofAccount(session.accountId, sessionEnd(start))).toEqual([]);
    await sessions.close(session.id, start);
    expect(await sessions.byId(session.id, start)).toBeUndefined();
    expect(await sessions.refresh(session, refreshed(session, 'second'))).toBe(false);
    expect(await sessions.byId(session.id, start)).toBeUndefined();
  });

  it('are one account’s own, the last used first', async () => {
    const mine = await open();
    const also = await open({ accountId: mine.accountId, lastUsedAt: after(1) });
    const stranger = await open();
    expect(await sessions.ofAccount(mine.accountId, start)).toEqual([also, mine]);
    expect(await sessions.closeOf(mine.accountId, stranger.id, start)).toBe(false);
    await sessions.closeOthers(mine.accountId, also.id, start);
    expect(await sessions.ofAccount(mine.accountId, start)).toEqual([also]);
    expect(await sessions.ofAccount(stranger.accountId, start)).toEqual([stranger]);
    expect(await sessions.closeOf(mine.accountId, also.id, start)).toBe(true);
    expect(await sessions.closeOf(mine.accountId, also.id, start)).toBe(false);
  });

  it('all end together, and are remembered until their access tokens have expired', async () => {
    const [mine, stranger] = [await open(), await open()];
    const also = await open({ accountId: mine.accountId });
    await sessions.closeAll(mine.accountId, after(10));
    expect(await elsewhere.ofAccount(mine.accountId, start)).toEqual([]);
    expect(await elsewhere.byId(stranger.id, start)).toEqual(stranger);
    const ended = await endedIds(after(10), after(10));
    expect(ended).toEqual(expect.arrayContaining([mine.id, also.id]));
    expect(ended).not.toContain(stranger.id);
    expect(await endedIds(after(11), after(11))).not.toContain(mine.id);
    expect(await endedIds(start, after(10 + 659))).toContain(mine.id);
    expect(await endedIds(start, after(10 + 660))).not.toContain(mine.id);
  });

  it('end once for twenty that end them at once, on two replicas', async () => {
    const session = await open();
    const also = await open({ accountId: session.accountId });
    await many(20, (n) => {
      const by = n % 2 ? sessions : elsewhere;
      return n % 3 ? by.closeAll(session.accountId, start) : by.close(session.id, start);
    });
    const ended = await endedIds(start, start);
    expect(ended.filter((id) => id === session.id)).toHaveLength(1);
    expect(ended.filter((id) => id === also.id)).toHaveLength(1);
    if (kind === 'in MongoDB') expect([await facts(session.id), await facts(also.id)]).toEqual([1, 1]);
  });

  it('end or are refreshed, when both happen at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const session = await open();
      await Promise.all([sessions.refresh(session, refreshed(session, 'second')), elsewhere.close(session.id, start)]);
      expect(await sessions.byId(session.id, start)).toBeUndefined();
      expect(await sessions.refresh(session, refreshed(session, 'third'))).toBe(false);
    }
  });
});
