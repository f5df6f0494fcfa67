import fc from 'fast-check';
import { doctorIds, HOLD_MINUTES, PATIENTS, type Step } from './clinic.js';

const index = fc.nat({ max: 7 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('book' as const),
      patient: fc.nat({ max: PATIENTS - 1 }),
      doctor: fc.nat({ max: doctorIds.length - 1 }),
      slot: fc.nat({ max: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('reserve' as const),
      patient: fc.nat({ max: PATIENTS - 1 }),
      doctor: fc.nat({ max: doctorIds.length - 1 }),
      slot: fc.nat({ max: 5 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('deliver-payment' as const), appointment: index, word: fc.nat({ max: 3 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      appointment: index,
      answer: fc.constantFrom('accept', 'reject', 'complete', 'declineVideo', 'miss'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('cancel' as const),
      appointment: index,
      by: fc.constantFrom('patient', 'doctor'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('move' as const),
      appointment: index,
      slot: fc.nat({ max: 5 }),
      by: fc.constantFrom('patient', 'doctor'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('answer-proposal' as const),
      appointment: index,
      answer: fc.constantFrom('accept', 'decline'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sweep' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('bar' as const),
      doctor: fc.nat({ max: doctorIds.length - 1 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('show' as const),
      doctor: fc.nat({ max: doctorIds.length - 1 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('change-terms' as const),
      doctor: fc.nat({ max: doctorIds.length - 1 }),
      cutoffHours: fc.nat({ max: 48 }),
    }),
  },
);

/** Steps taken at the same time, after so many minutes in which nothing happens. */
export const moment = fc.record({
  minutes: fc.constantFrom(0, 0, 1, 4, HOLD_MINUTES, 15),
  steps: fc.array(step, { minLength: 1, maxLength: 6 }),
});
