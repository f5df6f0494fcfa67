import { InvalidEntry } from './errors.js';

/** @see https://terminology.hl7.org for the URIs of the systems */
export interface Coding {
  readonly system: string;
  readonly code: string;
}

export const systems = {
  loinc: 'http://loinc.org',
  ucum: 'http://unitsofmeasure.org',
  atc: 'http://www.whocc.no/atc',
  icd10: 'http://hl7.org/fhir/sid/icd-10',
  snomed: 'http://snomed.info/sct',
} as const;

export const measures = [
  'blood-pressure',
  'weight',
  'height',
  'glucose',
  'temperature',
  'heart-rate',
  'oxygen-saturation',
] as const;
export type Measure = (typeof measures)[number];

export interface MeasureDefinition {
  /** LOINC. */
  readonly code: string;
  /** UCUM, the first being the one that charts use. */
  readonly units: readonly string[];
  /** What a living person can have, in the first unit: anything else is a slip. */
  readonly possible: readonly [from: number, to: number];
  /** Of healthy adults at rest, in the first unit; absent where it depends on the person. */
  readonly reference?: readonly [from: number, to: number];
}

/** mmol/l × this = mg/dl of glucose (molar mass 180.156 g/mol). */
const MG_PER_MMOL = 18.0156;

/**
 * LOINC codes as the vital signs profiles of FHIR R4 ask for. Reference ranges: blood pressure ESC 2024 (non-elevated and
 * elevated < 140/90), glucose fasting ADA 2024, others WHO and NEWS2.
 */
export const definitions: Readonly<Record<Measure, MeasureDefinition>> = {
  'blood-pressure': { code: '85354-9', units: ['mm[Hg]'], possible: [20, 320] },
  weight: { code: '29463-7', units: ['kg', 'g', '[lb_av]'], possible: [0.2, 650] },
  height: { code: '8302-2', units: ['cm', 'm', '[in_i]'], possible: [20, 275] },
  glucose: { code: '15074-8', units: ['mmol/L', 'g/L', 'mg/dL'], possible: [0.2, 110], reference: [3.9, 5.6] },
  temperature: { code: '8310-5', units: ['Cel', '[degF]'], possible: [20, 46], reference: [36.1, 38] },
  'heart-rate': { code: '8867-4', units: ['/min'], possible: [10, 350], reference: [51, 90] },
  'oxygen-saturation': { code: '2708-6', units: ['%'], possible: [20, 100], reference: [96, 100] },
};

/** LOINC of the two parts of a blood pressure, and healthy adults' range in mm[Hg]. */
export const pressures = {
  systolic: { code: '8480-6', reference: [90, 140] },
  diastolic: { code: '8462-4', reference: [60, 90] },
} as const;

const conversions: Readonly<Record<string, (value: number) => number>> = {
  g: (value) => value / 1000,
  '[lb_av]': (value) => value * 0.45359237,
  m: (value) => value * 100,
  '[in_i]': (value) => value * 2.54,
  'g/L': (value) => (value * 100) / MG_PER_MMOL,
  'mg/dL': (value) => value / MG_PER_MMOL,
  '[degF]': (value) => ((value - 32) * 5) / 9,
};

/** The value in the first unit of its measure, to compare and to draw it. */
export const inFirstUnit = (value: number, unit: string): number => conversions[unit]?.(value) ?? value;

export interface Vital {
  readonly measure: Measure;
  readonly value?: number;
  readonly systolic?: number;
  readonly diastolic?: number;
  readonly unit: string;
}

/** @throws InvalidEntry naming the field */
export function checkVital({ measure, value, systolic, diastolic, unit }: Vital): void {
  const { units, possible } = definitions[measure];
  if (!units.includes(unit)) throw new InvalidEntry('unit', 'invalid');
  const isPossible = (number: number) => {
    const common = inFirstUnit(number, unit);
    return common >= possible[0] && common <= possible[1];
  };
  const needed = measure === 'blood-pressure' ? { systolic, diastolic } : { value };
  for (const [field, number] of Object.entries(needed)) {
    if (number === undefined) throw new InvalidEntry(field, 'required');
    if (!isPossible(number)) throw new InvalidEntry(field, 'out-of-range');
  }
  if (measure === 'blood-pressure' && diastolic! >= systolic!) throw new InvalidEntry('diastolic', 'out-of-range');
}
