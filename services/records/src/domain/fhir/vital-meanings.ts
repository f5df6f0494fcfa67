import { definitions, type Measure, pressures, systems } from '../vitals.js';
import { codingsOf, conceptText, fields, hasCode, list, number, when } from './json.js';
import { coded, remarks, type Meaning } from './meaning.js';
import { GLUCOSE_BY_MASS } from './resources.js';

/** LOINC codes that mean a measure of ours, beside the one that we write. */
const otherCodes: Readonly<Record<string, Measure>> = {
  [GLUCOSE_BY_MASS]: 'glucose',
  '55284-4': 'blood-pressure',
  '3141-9': 'weight',
  '59408-5': 'oxygen-saturation',
};
const measuresByCode: Readonly<Record<string, Measure>> = {
  ...otherCodes,
  ...Object.fromEntries(Object.entries(definitions).map(([measure, { code }]) => [code, measure as Measure])),
};

const measureOf = (code: unknown): Measure | undefined =>
  codingsOf(code)
    .filter(({ system }) => system === systems.loinc)
    .map((coding) => (Object.hasOwn(measuresByCode, coding.code) ? measuresByCode[coding.code] : undefined))
    .find(Boolean);

export const vital: Meaning = (resource) => {
  const measure = measureOf(resource.code);
  const at = when(resource.effectiveDateTime);
  const usable = ['final', 'amended', 'corrected'].includes(String(resource.status));
  if (!measure || !at || at.length < 10 || !usable) return undefined;
  const part = ({ code }: { code: string }) =>
    fields(
      list(resource.component)
        .map(fields)
        .find((component) => hasCode(component.code, systems.loinc, code))?.valueQuantity,
    );
  const common = {
    kind: 'vital' as const,
    label: conceptText(resource.code) ?? measure,
    ...coded({
      coding: codingsOf(resource.code).filter(
        ({ system, code }) => !(system === systems.loinc && measuresByCode[code]),
      ),
    }),
    measure,
    // A measure without its time is one of that day's.
    at: at.length === 10 ? `${at}T00:00:00Z` : at,
    ...remarks(resource, []),
  };
  if (measure === 'blood-pressure') {
    const [systolic, diastolic] = [part(pressures.systolic), part(pressures.diastolic)];
    if (number(systolic.value) === undefined || number(diastolic.value) === undefined) return undefined;
    return {
      ...common,
      systolic: systolic.value as number,
      diastolic: diastolic.value as number,
      unit: String(systolic.code ?? systolic.unit),
    };
  }
  const { value, code, unit } = fields(resource.valueQuantity);
  if (number(value) === undefined) return undefined;
  return { ...common, value: value as number, unit: String(code ?? unit) };
};
