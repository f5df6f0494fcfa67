import { beforeEach, describe, expect, it } from '@jest/globals';
import { AttemptCountersInMemory, FixedClock } from '../../test/fakes.js';
import type { Account, Accounts } from '../domain/account.js';
import { LetterTooSoon } from '../domain/errors.js';
import { Afterwards, UnitOfWork } from '../domain/ports.js';
import type { AccountLetters } from './account-letters.js';
import { ForgotPasswordHandler } from './forgot-password.js';

class Later extends Afterwards {
  readonly works: (() => Promise<void>)[] = [];

  do(work: () => Promise<void>): void {
    this.works.push(work);
  }

  async all(): Promise<void> {
    for (const work of this.works.splice(0)) await work();
  }
}

class AtOnce extends UnitOfWork {
  run = <T>(work: () => Promise<T>): Promise<T> => work();
}

describe('a forgotten password', () => {
  let asked: string[];
  let later: Later;
  let clock: FixedClock;
  let letters: { send: (account: Account, purpose: string) => Promise<void> };
  let handler: ForgotPasswordHandler;
  beforeEach(() => {
    asked = [];
    [later, clock] = [new Later(), new FixedClock()];
    letters = { send: async ({ email }, purpose) => void asked.push(`${purpose} letter to ${email}`) };
    const accounts = {
      byEmail: async (email: string) => {
        asked.push(`look up ${email}`);
        return email === 'amina@example.tn' ? ({ email } as Account) : undefined;
      },
    };
    const counters = new AttemptCountersInMemory();
    handler = new ForgotPasswordHandler(
      accounts as unknown as Accounts,
      { send: (...args: [Account, string]) => letters.send(...args) } as unknown as AccountLetters,
      counters,
      later,
      new AtOnce(),
      clock,
    );
  });
  const forget = (email: string, address = '10.0.0.1') => handler.execute({ email, address });

  it.each(['amina@example.tn', 'nobody@example.tn'])('of %s is answered before anybody looks it up', async (email) => {
    await forget(email);
    expect([asked, later.works.length]).toEqual([[], 1]);
  });

  it('brings a letter where there is an account, however its address is typed', async () => {
    await forget(' Amina@Example.TN ');
    await forget('nobody@example.tn');
    await later.all();
    expect(asked).toEqual([
      'look up amina@example.tn',
      'recovery letter to amina@example.tn',
      'look up nobody@example.tn',
    ]);
  });

  it('brings three letters, then one every twenty minutes', async () => {
    for (let minute = 0; minute < 60; minute += 1) {
      await forget('amina@example.tn', `10.0.1.${minute}`);
      await later.all();
      clock.pass(60);
    }
    expect(asked.filter((what) => what.startsWith('recovery'))).toHaveLength(5);
  });

  it('is not looked up any more for one address of the network that asks for everybody’s', async () => {
    for (let n = 0; n < 30; n += 1) await forget(`p${n}@example.tn`);
    await later.all();
    expect(asked).toHaveLength(20);
    await forget('amina@example.tn', '10.0.0.2');
    await later.all();
    expect(asked.at(-1)).toBe('recovery letter to amina@example.tn');
  });

  it('is over where the address had its letter within the hour, and fails where the letter does', async () => {
    letters.send = async () => {
      throw new LetterTooSoon(60);
    };
    await forget('amina@example.tn');
    await expect(later.all()).resolves.toBeUndefined();
    letters.send = async () => {
      throw new Error('database away');
    };
    await forget('amina@example.tn');
    await expect(later.all()).rejects.toThrow('database away');
  });
});
