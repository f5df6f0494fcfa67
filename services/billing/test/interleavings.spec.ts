import { Logger } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { action, fault, live, lives } from './lives.js';
import { expectMoneyWhereItBelongs } from './outcome.js';
import { card } from './provider-in-memory.js';

// What the provider refuses is part of many of these lives.
Logger.overrideLogger(false);

/** `npm run fuzz:interleavings` gives another seed each time, and more runs. */
const seed = Number(process.env.FC_SEED ?? 20_261_123);
const numRuns = Number(process.env.FC_RUNS ?? 4_000);

describe('whatever happens in whatever order', () => {
  it(
    'nobody pays twice, nothing is kept that is not owed, and nothing that is owed is lost',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...Object.keys(lives)),
          fc.boolean(),
          fc.array(fc.array(action, { minLength: 1, maxLength: 3 }), { maxLength: 12 }),
          fc.array(fault, { maxLength: 14 }),
          async (life, isFar, rounds, faults) => expectMoneyWhereItBelongs(await live(life, isFar, rounds, faults)),
        ),
        { numRuns, seed },
      );
    },
    60_000 + numRuns * 15,
  );
});

describe('what is expected of it', () => {
  const paid = (life: string) => live(life, false, [[{ kind: 'pay', method: card.good }]], []);
  const moneyOf = ({ provider }: Awaited<ReturnType<typeof live>>) => [...provider.intents.values()][0]!;

  it('is met by a visit that is paid and takes place', async () => {
    expectMoneyWhereItBelongs(await paid('accepted'));
  });

  it.each(['accepted', 'completed', 'missed', 'wonBack'])(
    'is not met by giving the doctor’s money back, or letting go of it: %s',
    async (life) => {
      const givenBack = await paid(life);
      const intent = moneyOf(givenBack);
      expect(intent.captures).toBe(1);
      await givenBack.provider.refund(intent.id, intent.amount, 'a mistake');
      await givenBack.settle();
      expect(givenBack.state().status).toBe('refunded');
      expect(() => expectMoneyWhereItBelongs(givenBack)).toThrow();

      const letGo = await paid(life);
      Object.assign(moneyOf(letGo), { status: 'canceled', captures: 0 });
      expect(() => expectMoneyWhereItBelongs(letGo)).toThrow();
    },
  );

  it.each(['rejected', 'lost', 'calledOffByDoctor', 'calledOffByPatient'])(
    'is not met by keeping more than is owed, or less: %s',
    async (life) => {
      for (const captures of [0, 1]) {
        const outcome = await paid(life);
        const intent = moneyOf(outcome);
        const keeps = intent.captures * intent.amount - intent.refunds.reduce((total, one) => total + one, 0);
        Object.assign(intent, { captures, refunds: [] });
        if (captures * intent.amount !== keeps) expect(() => expectMoneyWhereItBelongs(outcome)).toThrow();
      }
    },
  );

  it('is not met by taking it twice', async () => {
    const outcome = await paid('accepted');
    moneyOf(outcome).captures = 2;
    expect(() => expectMoneyWhereItBelongs(outcome)).toThrow();
  });
});
