import { NotTheirs } from '@medflow/access';
import { describe, expect, it } from '@jest/globals';
import { access } from './access.js';
import { NotPractising } from './domain/errors.js';

const doctor = { role: 'doctor', id: 'leila', addressProven: true } as const;
const startsAt = new Date('2026-11-30T09:00:00Z');
const barredSince = (minutes: number) => new Date(startsAt.getTime() + minutes * 60_000);
const visit = (since?: Date) => ({ patientId: 'amina', doctorId: 'leila', startsAt, barredSince: since });

describe('a doctor who may see nobody', () => {
  it('refuses and cancels appointments, and accepts none', () => {
    for (const action of ['read', 'reject', 'cancel'])
      expect(access.allows(doctor, action, 'appointment', visit(barredSince(-60)))).toBe(true);
    expect(() => access.expect(doctor, 'accept', 'appointment', visit(barredSince(-60)))).toThrow(NotPractising);
  });

  it('closes the visits that began before, and no others', () => {
    for (const action of ['complete', 'mark-missed']) {
      expect(access.allows(doctor, action, 'appointment', visit())).toBe(true);
      expect(access.allows(doctor, action, 'appointment', visit(barredSince(1)))).toBe(true);
      expect(() => access.expect(doctor, action, 'appointment', visit(barredSince(0)))).toThrow(NotPractising);
    }
  });

  it('does not learn why somebody comes, who knows it themselves', () => {
    const barred = visit(barredSince(-60));
    expect(access.allows(doctor, 'read-reason', 'appointment', barred)).toBe(false);
    expect(access.allows(doctor, 'read-reason', 'appointment', visit())).toBe(true);
    const patient = { role: 'patient', id: 'amina', addressProven: false } as const;
    expect(access.allows(patient, 'read-reason', 'appointment', barred)).toBe(true);
  });

  it('publishes no hours', () => {
    const hours = { doctorId: 'leila', barredSince: startsAt };
    expect(() => access.expect(doctor, 'publish', 'availability', hours)).toThrow(NotPractising);
    expect(access.allows(doctor, 'read', 'availability', hours)).toBe(true);
  });

  it('learns of nobody else’s appointment that there is one', () => {
    const others = { ...visit(barredSince(-60)), doctorId: 'karim' };
    expect(() => access.expect(doctor, 'accept', 'appointment', others)).toThrow(NotTheirs);
  });
});
