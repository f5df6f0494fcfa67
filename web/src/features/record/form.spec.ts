import { describe, expect, it } from 'vitest';
import type { Entry } from './calls';
import { allergens } from './codes/allergens';
import { conditions } from './codes/conditions';
import { medicines } from './codes/medicines';
import { vaccines } from './codes/vaccines';
import { bodyOf, emptyValues, faultsOf, numberIn, partialDayIn, type Values, valuesOf } from './form';
import type { WrittenKind } from './kinds';

const lists = { conditions, medicines, allergens, vaccines };
const now = { today: '2026-03-02', minute: '2026-03-02T09:30' };
const typed = (kind: WrittenKind, given: Partial<Values> = {}): Values => ({ ...emptyValues(kind, now), ...given });
const sent = (kind: WrittenKind, given: Partial<Values>, before?: Entry) =>
  bodyOf(kind, typed(kind, given), lists, 'Tension artérielle', before);
const author = { id: 'd', firstName: 'Leïla', lastName: 'Ben Salah', photo: null, role: 'doctor' as const };
const entry = (given: Partial<Entry>): Entry => ({
  id: 'e',
  kind: 'condition',
  label: 'Asthme',
  author,
  recordedAt: '2026-03-02T09:00:00Z',
  createdAt: '2026-03-02T09:00:00Z',
  version: 1,
  ...given,
});

describe('what is sent of a form', () => {
  it('is only what its kind has', () => {
    const everything = { dose: '1', text: 'x', severity: 'severe', onset: '2019', value: '5' };
    expect(sent('note', { ...everything, label: ' Contrôle ', note: ' Va bien. ' })).toEqual({
      kind: 'note',
      label: 'Contrôle',
      note: 'Va bien.',
    });
  });

  it('has the code of what was chosen from the list, and none of free text', () => {
    const atc = { system: 'http://www.whocc.no/atc', code: 'J01C' };
    expect(sent('allergy', { label: 'Pénicillines', severity: 'severe' })).toEqual({
      kind: 'allergy',
      label: 'Pénicillines',
      code: atc,
      severity: 'severe',
    });
    expect(sent('condition', { label: 'Asthme', onset: '03/2019' })).toMatchObject({
      code: { code: 'J45' },
      onset: '2019-03',
    });
    expect(sent('condition', { label: 'Fatigue du soir' })).toEqual({ kind: 'condition', label: 'Fatigue du soir' });
  });

  it('leaves out the last day of what goes on', () => {
    const taken = { label: 'Metformine', dose: '500 mg', frequency: 'matin et soir' };
    expect(sent('medication', taken)).not.toHaveProperty('to');
    expect(sent('medication', { ...taken, to: '2026-04-01' })).toMatchObject({ from: '2026-03-02', to: '2026-04-01' });
  });

  it('has numbers of a measurement, its unit and its moment', () => {
    const at = new Date('2026-03-02T09:30').toISOString();
    expect(sent('vital', { systolic: '128', diastolic: '82' })).toEqual({
      kind: 'vital',
      label: 'Tension artérielle',
      measure: 'blood-pressure',
      systolic: 128,
      diastolic: 82,
      unit: 'mm[Hg]',
      at,
    });
    const body = sent('vital', { measure: 'temperature', unit: 'Cel', value: '37,5', systolic: '128' });
    expect(body).toMatchObject({ value: 37.5, unit: 'Cel' });
    expect(body).not.toHaveProperty('systolic');
  });

  it('has each medicine of a prescription', () => {
    const items = [
      { label: 'Amoxicilline', dose: '1 g', frequency: '2 fois par jour', days: '7' },
      { label: 'Sirop maison', dose: '10 ml', frequency: 'le soir', days: '٣' },
    ];
    expect(sent('prescription', { label: 'Ordonnance', items })).toMatchObject({
      items: [
        { label: 'Amoxicilline', code: { code: 'J01CA04' }, days: 7 },
        { label: 'Sirop maison', days: 3 },
      ],
    });
  });

  it('keeps the code of a correction that leaves the name, and drops it with another name', () => {
    const code = { system: 'http://snomed.info/sct', code: '195967001' };
    const before = entry({ code });
    expect(sent('condition', valuesOf(before), before).code).toEqual(code);
    expect(sent('condition', { ...valuesOf(before), label: 'Toux' }, before)).not.toHaveProperty('code');
  });
});

describe('a correction', () => {
  it('begins with what the entry says', () => {
    const before = entry({
      ...{ kind: 'prescription', label: 'Ordonnance', note: 'Au repas' },
      items: [{ label: 'Fer', dose: '1', frequency: 'le matin', days: 30 }],
    });
    expect(valuesOf(before)).toMatchObject({
      label: 'Ordonnance',
      note: 'Au repas',
      items: [{ label: 'Fer', dose: '1', frequency: 'le matin', days: '30' }],
    });
    const vital = entry({ kind: 'vital', measure: 'weight', value: 70.5, unit: 'kg', at: '2026-03-02T09:30:00.000Z' });
    expect(bodyOf('vital', valuesOf(vital), lists, 'Poids', vital)).toMatchObject({
      measure: 'weight',
      value: 70.5,
      unit: 'kg',
      at: '2026-03-02T09:30:00.000Z',
    });
  });
});

describe('what lacks', () => {
  it.each<[WrittenKind, Partial<Values>, string[]]>([
    ['note', {}, ['label', 'note']],
    ['allergy', { label: 'Latex' }, ['severity']],
    ['medication', { label: 'Fer', from: '' }, ['dose', 'frequency', 'from']],
    ['immunization', { label: 'BCG', at: '' }, ['at']],
    ['vital', {}, ['systolic', 'diastolic']],
    ['vital', { measure: 'weight', value: 'lourd' }, ['value']],
    ['certificate', { label: 'Repos' }, ['text']],
    ['condition', { label: 'Asthme', onset: 'jadis' }, ['onset']],
  ])('of %s with %j is told at its field', (kind, given, fields) => {
    expect(Object.keys(faultsOf(kind, typed(kind, given)))).toEqual(fields);
  });

  it('is told of each medicine of a prescription', () => {
    const items = [{ label: 'Fer', dose: '1', frequency: 'le matin', days: '1,5' }];
    expect(faultsOf('prescription', typed('prescription', { label: 'o', items }))).toEqual({
      'items.0.days': 'record.fields.whole',
    });
  });
});

describe('what is typed', () => {
  it('is a number with a comma or a point, in either digits', () => {
    expect(['37,5', ' 37.5 ', '٣٧٫٥', '120'].map(numberIn)).toEqual([37.5, 37.5, 37.5, 120]);
    expect(['', '12/8', '-3', '1e5', 'NaN'].map(numberIn)).toEqual(Array(5).fill(undefined));
  });

  it('is a day as far as it is known, from either end', () => {
    expect(['2019', '3/2019', '12/03/2019', '2019-03', '2019-03-12', '5.3.2019'].map(partialDayIn)).toEqual([
      '2019',
      '2019-03',
      '2019-03-12',
      '2019-03',
      '2019-03-12',
      '2019-03-05',
    ]);
    expect(['', '13/2019', '31/02/2019', '19', 'mars 2019', '3019'].map(partialDayIn)).toEqual(
      Array(6).fill(undefined),
    );
  });
});
