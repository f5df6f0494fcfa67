import { describe, expect, it } from '@jest/globals';
import { TooManyHolds } from './errors.js';
import { holdEnd, HoldPlaces, holdsGivingWay } from './hold-policy.js';

const now = new Date('2026-11-23T09:00:00Z');
const [before, after] = [new Date('2026-11-23T08:59:59Z'), new Date('2026-11-23T09:00:01Z')];
const hold = (appointmentId: string, holdUntil: Date) => ({ appointmentId, holdUntil });

describe('a hold', () => {
  it('ends when its length is over, or when the visit begins', () => {
    expect(holdEnd(now, 10, new Date('2026-11-23T10:00:00Z'))).toEqual(new Date('2026-11-23T09:10:00Z'));
    expect(holdEnd(now, 10, new Date('2026-11-23T09:05:00Z'))).toEqual(new Date('2026-11-23T09:05:00Z'));
  });

  it('gives way from its end on, and not before', () => {
    expect(holdsGivingWay([hold('a', before), hold('a', before), hold('b', now)], now)).toEqual(['a', 'b']);
    expect(holdsGivingWay([hold('a', before), hold('b', after)], now)).toBeUndefined();
    expect(holdsGivingWay([], now)).toEqual([]);
  });

  it('gives way with nothing that is claimed for good', () => {
    expect(holdsGivingWay([hold('a', before), { appointmentId: 'b' }], now)).toBeUndefined();
  });

  it('takes a free place of the patient, and that of a lapsed one only where there is none', () => {
    const some = new HoldPlaces([hold('a', before), undefined, hold('b', after)]);
    expect([some.givingWay(now), some.free()]).toEqual([[], 1]);
    const full = new HoldPlaces([hold('a', before), hold('b', after), hold('c', after)]);
    expect(full.givingWay(now)).toEqual(['a']);
    expect(() => full.free()).toThrow(TooManyHolds);
  });
});
