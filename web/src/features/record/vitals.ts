import type { TFunction } from 'i18next';
import { dateFormat, tagOf, viewerZone } from '../../lib/format';
import type { Entry, Measure, Vitals } from './calls';

/** UCUM as people write it. */
const written: Readonly<Record<string, string>> = {
  'mm[Hg]': 'mmHg',
  Cel: '°C',
  '[degF]': '°F',
  '[lb_av]': 'lb',
  '[in_i]': 'in',
  '/min': '/min',
  'mmol/L': 'mmol/l',
  'mg/dL': 'mg/dl',
  'g/L': 'g/l',
};
export const unitText = (unit: string): string => written[unit] ?? unit;

/** Units that each measure may be given in, the first being that of charts; as the service has them. */
export const unitsOf: Readonly<Record<Measure, readonly string[]>> = {
  'blood-pressure': ['mm[Hg]'],
  weight: ['kg', 'g', '[lb_av]'],
  height: ['cm', 'm', '[in_i]'],
  glucose: ['mmol/L', 'g/L', 'mg/dL'],
  temperature: ['Cel', '[degF]'],
  'heart-rate': ['/min'],
  'oxygen-saturation': ['%'],
};

export const numberText = (value: number, language: string): string =>
  new Intl.NumberFormat(tagOf(language), { maximumFractionDigits: 2 }).format(value);

interface Measured {
  value?: number;
  systolic?: number;
  diastolic?: number;
}

/** « 120/80 mmHg », « 37,5 °C »; read from left to right in every language. */
export function measuredText({ value, systolic, diastolic }: Measured, unit: string, language: string): string {
  const number = (one: number) => numberText(one, language);
  const numbers =
    systolic === undefined || diastolic === undefined
      ? number(value ?? NaN)
      : `${number(systolic)}/${number(diastolic)}`;
  return `\u2066${numbers} ${unitText(unit)}\u2069`;
}

export interface ChartRow {
  [name: string]: number | string | null;
  key: string;
  label: string;
  value: number | null;
  systolic: number | null;
  diastolic: number | null;
}

/** A row for each measurement, oldest first, labelled as short as tells it from its neighbours. */
export function rowsOf({ items }: Vitals, language: string, timeZone = viewerZone()): ChartRow[] {
  const tag = tagOf(language);
  const day = dateFormat(tag, { timeZone, day: 'numeric', month: 'short', year: '2-digit' });
  const time = dateFormat(tag, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const days = items.map(({ at }) => day.format(new Date(at)));
  return items.map(({ entryId, at, value = null, systolic = null, diastolic = null }, index) => ({
    key: entryId,
    label:
      days.indexOf(days[index]!) === days.lastIndexOf(days[index]!)
        ? days[index]!
        : `${days[index]}, ${time.format(new Date(at))}`,
    value,
    systolic,
    diastolic,
  }));
}

const series = ['value', 'systolic', 'diastolic'] as const;
export type SeriesName = (typeof series)[number];

/** The lines that a chart of the measure has. */
export const seriesOf = (measure: Measure): SeriesName[] =>
  measure === 'blood-pressure' ? ['systolic', 'diastolic'] : ['value'];

const INTERVALS = 4;

/** One to five times a power of ten: at least that much. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 2.5, 3, 4, 5, 10].map((factor) => factor * power).find((step) => step >= least * 0.999)!;
}

/**
 * From below the least to above the most of what is drawn, the usual range included, between round numbers: a chart from 0
 * would show nothing.
 */
export function domainOf({ items, reference }: Vitals): [number, number] {
  const drawn = items.flatMap((item) => series.flatMap((name) => item[name] ?? []));
  const usual = series.flatMap((name) => (reference[name] ? [reference[name].from, reference[name].to] : []));
  const [least, most] = [Math.min(...drawn, ...usual), Math.max(...drawn, ...usual)];
  const margin = Math.max((most - least) * 0.08, most * 0.005);
  for (let step = roundStep((most - least + 2 * margin) / INTERVALS); ; step = roundStep(step * 1.2)) {
    const low = Math.max(0, Math.floor((least - margin) / step) * step);
    const high = low + INTERVALS * step;
    if (high >= most + margin) return [tidy(low), tidy(high)];
  }
}

/** Without what binary fractions leave behind. */
const tidy = (value: number): number => Number(value.toFixed(6));

/** What an entry is called in a list: a measurement by its measure in the reader's language. */
export const nameOf = ({ kind, measure, label }: Pick<Entry, 'kind' | 'measure' | 'label'>, t: TFunction): string =>
  kind === 'vital' && measure ? t(`record.measures.${measure}`) : label;
