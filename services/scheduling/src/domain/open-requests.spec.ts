import { describe, expect, it } from '@jest/globals';
import { isOpenRequest, openRequestLimits } from './open-requests.js';

describe('requests that wait for an answer', () => {
  it.each([
    ['three with a doctor and eight in all for whom nobody has seen', { withDoctor: 0, inAll: 0 }, 3, 8],
    ['six with a doctor who has seen them, and one more in all', { withDoctor: 1, inAll: 1 }, 6, 9],
    ['one more in all for each visit, with whomever', { withDoctor: 0, inAll: 5 }, 3, 13],
    ['twenty in all at most', { withDoctor: 40, inAll: 200 }, 6, 20],
  ])('may be %s', (_, had, doctor, all) => {
    expect(openRequestLimits(had)).toEqual({ doctor, all });
  });

  it.each([
    ['paid after the answer', 'requested', 'after-acceptance', 60_000, true],
    ['for nothing', 'requested', 'at-booking', 0, true],
    ['paid at booking', 'requested', 'at-booking', 60_000, false],
    ['answered', 'accepted', 'after-acceptance', 60_000, false],
    ['merely held', 'held', 'at-booking', 60_000, false],
  ] as const)('%s count or not', (_, status, timing, amount, isOpen) => {
    expect(isOpenRequest({ status, timing, price: { amount, currency: 'TND' } })).toBe(isOpen);
  });
});
