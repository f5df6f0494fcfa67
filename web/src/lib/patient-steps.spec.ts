import { describe, expect, it } from 'vitest';
import type { Appointment } from './appointments';
import { nextStepOf } from './patient-steps';

const now = Date.parse('2026-11-30T10:00:00Z');
const visit = (id: string, status: Appointment['status'], inMinutes: number) =>
  ({
    id,
    status,
    startsAt: new Date(now + inMinutes * 60_000).toISOString(),
    endsAt: new Date(now + (inMinutes + 30) * 60_000).toISOString(),
  }) as Appointment;
const next = (...visits: Appointment[]) => {
  const step = nextStepOf(visits, now);
  return step && [step.name, step.appointment.id];
};

describe('what to do next for a patient', () => {
  it('is to close the visit that has begun, before anything else', () => {
    const waiting = visit('waiting', 'requested', 60);
    expect(next(waiting, visit('now', 'accepted', -10))).toEqual(['complete', 'now']);
    expect(next(waiting, visit('long-ago', 'accepted', -9_000))).toEqual(['complete', 'long-ago']);
  });

  it('is to answer the earliest request that can still be answered', () => {
    const visits = [visit('later', 'requested', 90), visit('sooner', 'requested', 60), visit('soon', 'accepted', 30)];
    expect(next(...visits)).toEqual(['answer', 'sooner']);
    expect(next(visit('begun', 'requested', -5), visit('soon', 'accepted', 30))).toEqual(['await', 'soon']);
  });

  it('is nothing where all is over', () => {
    expect(next(visit('a', 'completed', -90), visit('b', 'cancelled', 90), visit('c', 'missed', -60))).toBeUndefined();
  });
});
