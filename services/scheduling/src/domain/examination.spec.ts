import { describe, expect, it } from '@jest/globals';
import { answered, examinationOf, ExaminationRequired, ExaminationUnconfirmed, isSettled } from './examination.js';

const said = { examinedBefore: true };

describe('how a doctor knows whom they see by video', () => {
  it('is from a visit in person, whatever anybody says', () => {
    for (const by of ['patient', 'doctor'] as const)
      expect(examinationOf(by, true, {}, { basis: 'declared' })).toEqual({ basis: 'known' });
  });

  it('is the patient’s word, which the doctor has yet to confirm', () => {
    expect(examinationOf('patient', false, said)).toEqual({ basis: 'declared' });
    expect(examinationOf('patient', false, {}, { basis: 'declared' })).toEqual({ basis: 'declared' });
    expect(isSettled({ basis: 'declared' })).toBe(false);
    expect(() => examinationOf('patient', false, {})).toThrow(ExaminationRequired);
    expect(() => examinationOf('patient', false, { derogation: 'Urgent' })).toThrow(ExaminationRequired);
  });

  it('is the doctor’s word, or a reason to do without, which comes first', () => {
    expect(examinationOf('doctor', false, said)).toEqual({ basis: 'confirmed' });
    const derogation = { basis: 'derogation', reason: 'Patient alité' };
    expect(examinationOf('doctor', false, { ...said, derogation: 'Patient alité' })).toEqual(derogation);
    expect(() => examinationOf('doctor', false, {}, { basis: 'declared' })).toThrow(ExaminationUnconfirmed);
  });

  it('is asked of who accepts only while it is open', () => {
    expect(answered(undefined, {})).toEqual({});
    for (const basis of ['known', 'confirmed', 'derogation'] as const) expect(answered({ basis }, {})).toEqual({});
    expect(answered({ basis: 'declared' }, said)).toEqual({ examination: { basis: 'confirmed' } });
    expect(() => answered({ basis: 'declared' }, {})).toThrow(ExaminationUnconfirmed);
  });

  it('is refused with the name of its rule', () => {
    for (const refusal of [new ExaminationRequired(), new ExaminationUnconfirmed()])
      expect(refusal).toMatchObject({ kind: 'forbidden', extras: { rule: 'video-after-examination' } });
  });
});
