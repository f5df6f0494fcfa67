import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Clinic, HOLD_MINUTES } from './clinic.js';
import { checkAll, checkPractice } from './invariants.js';
import { moment } from './steps.js';

describe('whatever comes in whatever order', () => {
  it('nobody’s time is given twice, no doctor hears of what is not paid, no payment is left without an answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(moment, { maxLength: 12 }), async (scheduler, moments) => {
        const clinic = await Clinic.open(() => scheduler.schedule(Promise.resolve()));
        for (const { minutes, steps } of moments) {
          clinic.clock.pass(minutes);
          await scheduler.waitFor(Promise.all(steps.map((step) => clinic.perform(step))));
          checkAll(clinic);
          await scheduler.waitFor(clinic.settle());
          checkAll(clinic);
          await scheduler.waitFor(checkPractice(clinic));
        }
        // In the end every word of billing arrives, the last one first, and time runs out for whoever still waits.
        const words = clinic.states.flatMap(({ id }) =>
          clinic.storyOf(id).map((_, word, { length }) => [id, length - 1 - word] as const),
        );
        await scheduler.waitFor(Promise.all(words.map(([id, word]) => clinic.deliverPayment(id, word))));
        clinic.clock.pass(24 * 60);
        await scheduler.waitFor(clinic.sweep());
        checkAll(clinic);
        expect(clinic.states.filter(({ status }) => ['held', 'requested'].includes(status))).toEqual([]);
      }),
      { numRuns: 300, seed: Number(process.env.FC_SEED ?? 20_261_123) },
    );
  }, 120_000);

  it('a payment that comes after the hold wins the time back exactly while nobody else has it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.constantFrom(HOLD_MINUTES, HOLD_MINUTES + 2, HOLD_MINUTES + 30),
        fc.boolean(),
        fc.boolean(),
        async (scheduler, minutes, isSwept, isWanted) => {
          const clinic = await Clinic.open(() => scheduler.schedule(Promise.resolve()));
          const book = (patient: number) => clinic.perform({ do: 'book', patient, doctor: 0, slot: 1 });
          await scheduler.waitFor(book(0));
          clinic.clock.pass(minutes);
          if (isSwept) await scheduler.waitFor(clinic.sweep());
          const first = clinic.states[0]!;
          expect(first.status).toBe(isSwept ? 'expired' : 'held');
          // Its story's second word is the first that pays.
          const paid = clinic.deliverPayment(first.id, 1);
          await scheduler.waitFor(Promise.all(isWanted ? [paid, book(1)] : [paid]));
          checkAll(clinic);
          const [late, other] = clinic.states;
          const isPast = clinic.clock.now() >= late!.startsAt;
          const isWon = !isPast && !other;
          expect(late!.status).toBe(isWon ? 'requested' : 'expired');
          expect(late!.holdLost === true).toBe(!isWon);
        },
      ),
      { numRuns: 200, seed: Number(process.env.FC_SEED ?? 20_261_123) },
    );
  }, 60_000);
});
