import { expect, it } from 'vitest';
import { type Known, newsOf } from './news';

const known = (fields: Partial<Known> = {}): Known => ({
  seats: [],
  isWeak: false,
  isSharing: false,
  waiting: [],
  ...fields,
});
const seat = (state: Known['seats'][number]['state'], isSharing = false) => ({
  id: 'p',
  name: 'Amina',
  state,
  isSharing,
});

it('says who comes, is lost, is back and goes, once each', () => {
  const steps: [Known, readonly (readonly [string, string])[]][] = [
    [known({ seats: [seat('waiting')] }), []],
    [known({ seats: [seat('connecting')] }), []],
    [known({ seats: [seat('connected')] }), [['joined', 'Amina']]],
    [known({ seats: [seat('connected')] }), []],
    [known({ seats: [seat('restoring')] }), [['lost', 'Amina']]],
    [known({ seats: [seat('connected')] }), [['back', 'Amina']]],
    [known({ seats: [seat('connected', true)] }), [['shares', 'Amina']]],
    [known(), [['left', 'Amina']]],
  ];
  let before: Known | undefined;
  for (const [now, said] of steps) {
    expect(newsOf(before, now)).toEqual(said);
    before = now;
  }
});

it('says who waits, that sound comes first, and that one’s own screen is seen', () => {
  const now = known({ waiting: [{ id: 'g', name: 'Sami' }], isWeak: true });
  expect(newsOf(undefined, now)).toEqual([
    ['waits', 'Sami'],
    ['poor', ''],
  ]);
  expect(newsOf(now, now)).toEqual([]);
  expect(newsOf(now, { ...now, isSharing: true })).toEqual([['sharing', '']]);
  expect(newsOf({ ...now, isSharing: true }, now)).toEqual([['notSharing', '']]);
});
