import { closesAt, isOpen, opensCare } from './care.js';

const relation = (lastEndsAt: string) => ({ doctorId: 'd', patientId: 'p', lastEndsAt: new Date(lastEndsAt) });

describe('care relationship', () => {
  it.each(['accepted', 'completed'] as const)('is opened by a visit that is %s', (status) => {
    expect(opensCare({ status })).toBe(true);
  });

  it.each(['requested', 'called-off', 'missed'] as const)('is not opened by a visit that is %s', (status) => {
    expect(opensCare({ status })).toBe(false);
  });

  it('closes twelve months after the last visit, to the minute', () => {
    const last = relation('2026-11-30T08:30:00Z');
    expect(closesAt(last)).toEqual(new Date('2027-11-30T08:30:00Z'));
    expect(isOpen(last, new Date('2027-11-30T08:29:59Z'))).toBe(true);
    expect(isOpen(last, new Date('2027-11-30T08:30:00Z'))).toBe(false);
  });

  it('closes at the month’s end where the day does not exist a year later', () => {
    expect(closesAt(relation('2028-02-29T10:00:00Z'))).toEqual(new Date('2029-02-28T10:00:00Z'));
  });

  it('is not open where there never was one', () => {
    expect(isOpen(undefined, new Date())).toBe(false);
  });
});
