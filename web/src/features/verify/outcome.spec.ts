import { expect, it } from 'vitest';
import { outcomeOf } from './outcome';

it.each([
  [{ genuine: true, withdrawn: false }, 'genuine'],
  [{ genuine: true, withdrawn: true }, 'withdrawn'],
  [{ genuine: false }, 'unknown'],
] as const)('a paper that is %o is told to be %s', (paper, outcome) => {
  expect(outcomeOf(paper)).toBe(outcome);
});
