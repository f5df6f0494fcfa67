import { InvalidEntry } from './errors.js';
import { checkVital, inFirstUnit, type Vital } from './vitals.js';

const faultOf = (vital: Vital): string | undefined => {
  try {
    checkVital(vital);
    return undefined;
  } catch (error) {
    return (error as InvalidEntry).message;
  }
};

describe('vitals', () => {
  it.each<[number, string, number]>([
    [0.9, 'g/L', 5],
    [90, 'mg/dL', 5],
    [98.6, '[degF]', 37],
    [1.75, 'm', 175],
    [70, 'kg', 70],
    [154.32, '[lb_av]', 70],
  ])('are compared in one unit: %d %s is %d', (value, unit, expected) => {
    expect(inFirstUnit(value, unit)).toBeCloseTo(expected, 1);
  });

  it.each<[Vital, string | undefined]>([
    [{ measure: 'weight', value: 70, unit: 'kg' }, undefined],
    [{ measure: 'weight', value: 70, unit: 'stone' }, 'unit: invalid'],
    [{ measure: 'weight', unit: 'kg' }, 'value: required'],
    [{ measure: 'temperature', value: 98.6, unit: '[degF]' }, undefined],
    [{ measure: 'temperature', value: 98.6, unit: 'Cel' }, 'value: out-of-range'],
    [{ measure: 'blood-pressure', systolic: 120, diastolic: 80, unit: 'mm[Hg]' }, undefined],
    [{ measure: 'blood-pressure', systolic: 120, unit: 'mm[Hg]' }, 'diastolic: required'],
    [{ measure: 'blood-pressure', systolic: 80, diastolic: 80, unit: 'mm[Hg]' }, 'diastolic: out-of-range'],
    [{ measure: 'blood-pressure', value: 120, unit: 'mm[Hg]' }, 'systolic: required'],
    [{ measure: 'oxygen-saturation', value: 101, unit: '%' }, 'value: out-of-range'],
  ])('%j is answered %s', (vital, fault) => {
    expect(faultOf(vital)).toBe(fault);
  });
});
