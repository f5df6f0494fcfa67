import { beforeEach, describe, expect, it } from '@jest/globals';
import { AttemptCountersInMemory, FixedClock } from '../../test/fakes.js';
import { TooManyAttempts } from '../domain/errors.js';
import { LoginThrottle } from './login-throttle.js';

const owner = 'amina@example.tn';
let clock: FixedClock;
let throttle: LoginThrottle;

beforeEach(() => {
  clock = new FixedClock();
  throttle = new LoginThrottle(new AttemptCountersInMemory(), clock);
});

/** Seconds to wait, or 0 when the attempt may be made; a `right` password is told to the throttle. */
async function attempt(
  address: string,
  {
    email = owner,
    trusted = false,
    right = false,
    device,
  }: { email?: string; trusted?: boolean; right?: boolean; device?: string } = {},
): Promise<number> {
  try {
    const admitted = await throttle.admit({ email, address, trusted, device });
    if (right) await throttle.succeed(admitted);
    return 0;
  } catch (error) {
    return (error as TooManyAttempts).retryAfterSeconds;
  }
}

/** So many wrong guesses on the owner, none of which any pair notices. */
async function strangersGuess(times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) await attempt(`198.51.100.${n}`);
}

describe('throttled sign-in', () => {
  it('starts afresh for the pair after the right password', async () => {
    for (let n = 0; n < 4; n += 1) expect(await attempt('10.0.0.1')).toBe(0);
    expect(await attempt('10.0.0.1', { right: true })).toBe(0);
    for (let n = 0; n < 5; n += 1) expect(await attempt('10.0.0.1')).toBe(0);
    expect(await attempt('10.0.0.1')).toBe(30);
  });

  it('refuses the right password too while it is locked', async () => {
    for (let n = 0; n < 5; n += 1) await attempt('10.0.0.1');
    expect(await attempt('10.0.0.1', { right: true })).toBe(30);
    clock.pass(30);
    expect(await attempt('10.0.0.1', { right: true })).toBe(0);
  });

  it('never locks the account by hammering from one address', async () => {
    for (let n = 0; n < 200; n += 1) await attempt('198.51.100.1');
    await Promise.all(Array.from({ length: 200 }, () => attempt('198.51.100.2')));
    expect(await attempt('10.0.0.1', { right: true })).toBe(0);
  });

  it('slows an attack from many addresses, and lets the owner in within a minute', async () => {
    await strangersGuess(30);
    expect(await attempt('10.0.0.1', { right: true })).toBe(5);
    for (let n = 0; n < 20; n += 1) {
      clock.pass(60);
      await attempt(`203.0.113.${n}`);
    }
    expect(await attempt('10.0.0.1', { right: true })).toBe(60);
    clock.pass(60);
    expect(await attempt('10.0.0.1', { right: true })).toBe(0);
  });

  it('does not count the owner who waits for strangers to be slowed down', async () => {
    await strangersGuess(30);
    for (let n = 0; n < 10; n += 1) expect(await attempt('10.0.0.1', { right: true })).toBe(5);
    clock.pass(5);
    expect(await attempt('10.0.0.1', { right: true })).toBe(0);
  });

  it('exempts a device that is signed in to the account from what strangers do', async () => {
    await strangersGuess(30);
    expect(await attempt('10.0.0.1', { trusted: true, right: true })).toBe(0);
    for (let n = 0; n < 5; n += 1) await attempt('10.0.0.1', { trusted: true });
    expect(await attempt('10.0.0.1', { trusted: true })).toBe(30);
  });

  it('never shuts a browser out that is known to the account, for as long as strangers guess', async () => {
    await strangersGuess(30);
    for (let n = 0; n < 200; n += 1) {
      await attempt('10.0.0.1', { email: `p${n}@example.tn` });
      expect(await attempt('10.0.0.1', { device: 'laptop', right: true })).toBe(0);
    }
    expect(await attempt('10.0.0.1', { right: true })).toBeGreaterThan(0);
  });

  it('counts a known browser by itself, and slows guesses there like those of a pair', async () => {
    for (let n = 0; n < 5; n += 1) expect(await attempt(`10.0.0.${n}`, { device: 'laptop' })).toBe(0);
    expect(await attempt('10.0.0.9', { device: 'laptop', right: true })).toBe(30);
    expect(await attempt('10.0.0.9', { device: 'phone', right: true })).toBe(0);
    expect(await attempt('10.0.0.9', { email: 'other@example.tn', device: 'laptop', right: true })).toBe(0);
    clock.pass(30);
    expect(await attempt('10.0.0.9', { device: 'laptop', right: true })).toBe(0);
    for (let n = 0; n < 5; n += 1) expect(await attempt('10.0.0.9', { device: 'laptop' })).toBe(0);
  });

  it('lets any number of people sign in from one address, and slows who tries every account from there', async () => {
    for (let n = 0; n < 500; n += 1)
      expect(await attempt('10.0.0.9', { email: `p${n}@example.tn`, right: true })).toBe(0);
    for (let n = 0; n < 100; n += 1) expect(await attempt('10.0.0.9', { email: `q${n}@example.tn` })).toBe(0);
    expect(await attempt('10.0.0.9', { right: true })).toBe(30);
    clock.pass(30);
    expect(await attempt('10.0.0.9', { right: true })).toBe(0);
  });
});
