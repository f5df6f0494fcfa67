import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Account, Accounts } from '../src/domain/account.js';
import { AccountSearch } from '../src/domain/account-search.js';
import { EmailTaken, RegistrationRepeated } from '../src/domain/errors.js';
import { AttemptCounters, type Counted, thresholds } from '../src/domain/login-throttle.js';
import { type SigningKey, SigningKeys } from '../src/domain/signing-keys.js';
import { AttemptCountersInMemory, FixedClock } from './fakes.js';
import { IdentityHarness, many, next, type Replica } from './harness.js';

let harness: IdentityHarness;
let replica: Replica;
let other: Replica;
beforeAll(async () => {
  harness = await IdentityHarness.create();
  [replica, other] = [await harness.replica(), await harness.replica()];
});
afterAll(() => harness.close());

const fulfilled = (results: PromiseSettledResult<unknown>[]) => results.filter(({ status }) => status === 'fulfilled');

describe.each([
  ['in memory', () => new AttemptCountersInMemory()],
  ['in MongoDB', () => replica.get(AttemptCounters, { strict: false })],
])('attempt counters %s', (_, make) => {
  const clock = new FixedClock();
  const pair = (): Counted => ({ threshold: thresholds.pair, subject: next('subject') });

  it('count, lock, wait, grow and forget', async () => {
    const [counters, counted] = [make(), pair()];
    const fail = () => counters.count(counted, clock.now());
    const from = clock.now().getTime();
    for (let n = 1; n <= 4; n += 1)
      expect(await fail()).toMatchObject({ refused: false, counter: { failures: n, lockedUntil: new Date(0) } });
    const locked = { failures: 5, lockedUntil: new Date(from + 30_000), forgetAt: new Date(from + 3_630_000) };
    expect(await fail()).toEqual({ refused: false, counter: locked });
    expect(await fail()).toEqual({ refused: true, counter: locked });
    expect((await counters.count(pair(), clock.now())).refused).toBe(false);
    clock.pass(30);
    expect(await fail()).toMatchObject({
      refused: false,
      counter: { failures: 6, lockedUntil: new Date(from + 90_000) },
    });
    clock.pass(60 + 3600);
    expect(await fail()).toMatchObject({ refused: false, counter: { failures: 1, lockedUntil: new Date(0) } });
    await counters.forget(counted);
    expect((await fail()).counter.failures).toBe(1);
  });

  it('take a failure back with its own lock, and leave the lock of another', async () => {
    const [counters, counted] = [make(), pair()];
    const outcomes = [];
    for (let n = 1; n <= 5; n += 1) outcomes.push(await counters.count(counted, clock.now()));
    await counters.takeBack(counted, outcomes[0]!.counter.lockedUntil);
    const { counter, refused } = await counters.count(counted, clock.now());
    expect({ counter, refused }).toEqual({ counter: { ...outcomes[4]!.counter, failures: 4 }, refused: true });
    await counters.takeBack(counted, outcomes[4]!.counter.lockedUntil);
    expect(await counters.count(counted, clock.now())).toMatchObject({
      refused: false,
      counter: { failures: 4, lockedUntil: new Date(0) },
    });
  });

  it('let exactly five of fifty through at once', async () => {
    const [counters, counted] = [make(), pair()];
    const outcomes = await many(50, () => counters.count(counted, clock.now()));
    expect(outcomes.filter(({ refused }) => !refused)).toHaveLength(5);
    expect((await counters.count(counted, clock.now())).counter.failures).toBe(5);
  });

  it('miss none of thirty at once whose clocks are a little apart', async () => {
    const counters = make();
    const counted: Counted = { threshold: thresholds.account, subject: next('subject') };
    const from = clock.now().getTime();
    await many(30, (n) => counters.count(counted, new Date(from + ((n * 7) % 30))));
    expect((await counters.count(counted, new Date(from + 30))).refused).toBe(true);
  });
});

describe('accounts', () => {
  const account = (over: Partial<Account> = {}): Account => ({
    id: next('account'),
    email: `${next('a')}@example.tn`,
    emailVerified: false,
    role: 'patient',
    firstName: 'Amina',
    lastName: 'Ben Salah',
    locale: 'fr',
    passwordHash: 'first',
    createdAt: new Date('2026-11-23T09:00:00Z'),
    ...over,
  });
  const accounts = (): Accounts => replica.get(Accounts, { strict: false });
  const facts = (subject: string) => harness.database.client.db().collection('outbox').countDocuments({ subject });

  it('come back as they were saved', async () => {
    const saved = account();
    await accounts().add(saved);
    expect(await accounts().byId(saved.id)).toEqual(saved);
    expect(await accounts().byEmail(saved.email)).toEqual(saved);
    expect(await accounts().byId('nobody')).toBeUndefined();
  });

  it('are one of fifty that want one e-mail at once, on two replicas, and told of once', async () => {
    const { email } = account();
    const candidates = Array.from({ length: 50 }, () => account({ email }));
    const others = other.get(Accounts, { strict: false });
    const results = await Promise.allSettled(candidates.map((one, n) => (n % 2 ? accounts() : others).add(one)));
    expect(fulfilled(results)).toHaveLength(1);
    expect(
      results.filter((result) => result.status === 'rejected' && result.reason instanceof EmailTaken),
    ).toHaveLength(49);
    const told = await Promise.all(candidates.map(({ id }) => facts(id)));
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(told[results.findIndex(({ status }) => status === 'fulfilled')]).toBe(1);
  });

  it('are one of twenty that a sign-up sent twenty times asks for', async () => {
    const registration = { key: next('key'), body: 'digest' };
    const candidates = Array.from({ length: 20 }, () => account());
    const results = await Promise.allSettled(candidates.map((one) => accounts().add(one, registration)));
    expect(fulfilled(results)).toHaveLength(1);
    const repeated = results.filter(
      (result) => result.status === 'rejected' && result.reason instanceof RegistrationRepeated,
    );
    expect(repeated).toHaveLength(19);
    const winner = candidates[results.findIndex(({ status }) => status === 'fulfilled')]!;
    expect(await accounts().registered(registration.key)).toEqual({ accountId: winner.id, body: 'digest' });
  });

  it('leave no trace of a sign-up whose e-mail was taken', async () => {
    const first = account();
    await accounts().add(first);
    const registration = { key: next('key'), body: 'digest' };
    const second = account({ email: first.email });
    await expect(accounts().add(second, registration)).rejects.toThrow(EmailTaken);
    expect(await accounts().registered(registration.key)).toBeUndefined();
    expect(await facts(second.id)).toBe(0);
  });

  it('of earlier releases are found by name after the next start', async () => {
    const old = account({ firstName: 'Wassila', lastName: 'Ancienne' });
    await accounts().add(old);
    await harness.database.client
      .db()
      .collection<{ _id: string }>('accounts')
      .updateOne({ _id: old.id }, { $unset: { nameKeys: 1 } });
    const found = (one: Replica) => one.get(AccountSearch, { strict: false }).find({ text: 'wassila' }, 10);
    expect(await found(replica)).toEqual([]);
    expect(await found(await harness.replica())).toEqual([old]);
  });

  it('change the password once for ten that saw the same one', async () => {
    const { id } = await accounts()
      .add(account({ id: 'changing' }))
      .then(() => ({ id: 'changing' }));
    const changed = await many(10, (n) => accounts().changePassword(id, 'first', `second-${n}`));
    expect(changed.filter(Boolean)).toHaveLength(1);
    expect((await accounts().byId(id))!.passwordHash).toBe(`second-${changed.indexOf(true)}`);
  });
});

describe('signing keys', () => {
  const key = (number: number): SigningKey => ({
    number,
    kid: next('kid'),
    publicJwk: { kty: 'EC' },
    privateJwk: 'private',
    createdAt: new Date('2026-11-23T09:00:00Z'),
  });

  it('are one of twenty that want one number at once, newest first', async () => {
    const keys = replica.get(SigningKeys, { strict: false });
    expect(await keys.newest(2)).toEqual([]);
    const candidates = Array.from({ length: 20 }, () => key(1));
    const added = await Promise.all(candidates.map((one) => keys.add(one)));
    expect(added.filter(Boolean)).toHaveLength(1);
    const second = key(2);
    await keys.add(second);
    expect(await keys.newest(2)).toEqual([second, candidates[added.indexOf(true)]]);
    expect(await keys.newest(1)).toEqual([second]);
  });
});
