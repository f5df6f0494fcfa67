import type { Entry, EntryBody, Measure } from './calls';
import type { Coded, Coding } from './codes/codes';
import { codingOf } from './codes/codes';
import type { WrittenKind } from './kinds';
import { unitsOf } from './vitals';

export interface ItemValues {
  label: string;
  dose: string;
  frequency: string;
  days: string;
}

/** As typed, of every kind at once. */
export interface Values {
  label: string;
  note: string;
  severity: string;
  onset: string;
  dose: string;
  frequency: string;
  from: string;
  to: string;
  /** Of a vaccine a day, of a measurement a local day and time. */
  at: string;
  measure: Measure;
  value: string;
  systolic: string;
  diastolic: string;
  unit: string;
  items: ItemValues[];
  text: string;
  /** Of a correction. */
  reason: string;
}

export const emptyItem = (): ItemValues => ({ label: '', dose: '', frequency: '', days: '' });

export interface Now {
  /** `YYYY-MM-DD`. */
  today: string;
  /** `YYYY-MM-DDTHH:MM`, of the wall clock. */
  minute: string;
}

/** @param label what the kind is called when nobody calls it anything else */
export const emptyValues = (kind: WrittenKind, { today, minute }: Now, label = ''): Values => ({
  ...{ label, note: '', severity: '', onset: '', dose: '', frequency: '', to: '', text: '', reason: '' },
  ...{ value: '', systolic: '', diastolic: '', measure: 'blood-pressure', unit: 'mm[Hg]' },
  from: today,
  at: kind === 'vital' ? minute : today,
  items: [emptyItem()],
});

/** The wall clock's `YYYY-MM-DDTHH:MM` on this device. */
export function localMinute(instant: Date): string {
  const pad = (part: number) => String(part).padStart(2, '0');
  const day = `${instant.getFullYear()}-${pad(instant.getMonth() + 1)}-${pad(instant.getDate())}`;
  return `${day}T${pad(instant.getHours())}:${pad(instant.getMinutes())}`;
}

const typed = (number: number | undefined): string => (number === undefined ? '' : String(number));

/** What an entry says, to be corrected. */
export function valuesOf(entry: Entry): Values {
  const kind = entry.kind as WrittenKind;
  const values = emptyValues(kind, { today: '', minute: '' });
  const { label, note = '', severity = '', onset = '', dose = '', frequency = '', from = '', to = '' } = entry;
  const { at = '', measure = 'blood-pressure', value, systolic, diastolic, unit, items = [], text = '' } = entry;
  return {
    ...values,
    ...{ label, note, severity, onset, dose, frequency, from, to, measure, text },
    at: kind === 'vital' && at ? localMinute(new Date(at)) : at,
    ...{ value: typed(value), systolic: typed(systolic), diastolic: typed(diastolic) },
    unit: unit ?? unitsOf[measure][0]!,
    items: items.map((item) => ({ ...item, days: String(item.days) })),
  };
}

/** « 37,5 » or « 37.5 », in the digits of either script; undefined where it is no number. */
export function numberIn(text: string): number | undefined {
  const digits = text
    .trim()
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[,٫]/, '.');
  return /^\d{1,6}(\.\d{1,3})?$/.test(digits) ? Number(digits) : undefined;
}

/** « 2019 », « 03/2019 », « 12/03/2019 » or the same from the year on → `YYYY`, `YYYY-MM`, `YYYY-MM-DD`. */
export function partialDayIn(text: string): string | undefined {
  const parts = text.trim().split(/[/.\-\s]+/);
  if (parts.length > 3 || !parts.every((part) => /^\d{1,4}$/.test(part))) return undefined;
  const [year = '', month, day] = parts[0]!.length === 4 ? parts : parts.reverse();
  if (!/^(19|20)\d\d$/.test(year)) return undefined;
  const written = [year, ...[month, day].flatMap((part) => (part ? [part.padStart(2, '0')] : []))].join('-');
  const whole = `${written}${'-01'.repeat(3 - parts.length)}`;
  const date = new Date(`${whole}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(whole) ? written : undefined;
}

export interface Lists {
  conditions: readonly Coded[];
  medicines: readonly Coded[];
  allergens: readonly Coded[];
  vaccines: readonly Coded[];
}

/** The list that a kind's name is chosen from. */
export const listOf = (kind: WrittenKind): keyof Lists | undefined =>
  (
    ({
      allergy: 'allergens',
      condition: 'conditions',
      antecedent: 'conditions',
      medication: 'medicines',
      immunization: 'vaccines',
    }) as const
  )[kind as 'allergy'];

/** What lacks or means nothing, by field: key of the words for it. */
export function faultsOf(kind: WrittenKind, values: Values): Record<string, string> {
  const faults: Record<string, string> = {};
  const needs = (field: keyof Values) => {
    if (String(values[field]).trim() === '') faults[field] = 'common.required';
  };
  const number = (field: 'value' | 'systolic' | 'diastolic') => {
    needs(field);
    if (!faults[field] && numberIn(values[field]) === undefined) faults[field] = 'record.fields.number';
  };
  if (kind !== 'vital') needs('label');
  if (kind === 'note') needs('note');
  if (kind === 'allergy') needs('severity');
  if ((kind === 'condition' || kind === 'antecedent') && values.onset.trim() && !partialDayIn(values.onset))
    faults.onset = 'record.fields.onsetWrong';
  if (kind === 'medication') (['dose', 'frequency', 'from'] as const).forEach(needs);
  if (kind === 'immunization' || kind === 'vital') needs('at');
  if (kind === 'vital')
    (values.measure === 'blood-pressure' ? (['systolic', 'diastolic'] as const) : (['value'] as const)).forEach(number);
  if (kind === 'certificate') needs('text');
  if (kind === 'prescription')
    values.items.forEach((item, index) => {
      for (const field of ['label', 'dose', 'frequency', 'days'] as const)
        if (item[field].trim() === '') faults[`items.${index}.${field}`] = 'common.required';
      const days = numberIn(item.days);
      if (item.days.trim() && (days === undefined || !Number.isInteger(days) || days < 1))
        faults[`items.${index}.days`] = 'record.fields.whole';
    });
  return faults;
}

/** The code of what was written: that of the list, or the one before where the name has not changed. */
function codeFor(list: readonly Coded[] | undefined, label: string, before?: { label: string; code?: Coding }) {
  const code = before?.label === label && before.code ? before.code : list && codingOf(list, label);
  return code && { code };
}

/**
 * What is sent. @param label the name of a measurement, which its measure gives
 * @param before the entry that is corrected
 */
export function bodyOf(kind: WrittenKind, values: Values, lists: Lists, label: string, before?: Entry): EntryBody {
  const name = kind === 'vital' ? label : values.label.trim();
  const list = listOf(kind);
  const note = values.note.trim();
  const onset = partialDayIn(values.onset);
  const common = { kind, label: name, ...codeFor(list && lists[list], name, before), ...(note && { note }) };
  switch (kind) {
    case 'allergy':
      return { ...common, severity: values.severity as 'mild' };
    case 'condition':
    case 'antecedent':
      return { ...common, ...(onset && { onset }) };
    case 'medication': {
      const { dose, frequency, from, to } = values;
      return { ...common, dose: dose.trim(), frequency: frequency.trim(), from, ...(to && { to }) };
    }
    case 'immunization':
      return { ...common, at: values.at };
    case 'vital': {
      const { measure, unit } = values;
      const numbers =
        measure === 'blood-pressure'
          ? { systolic: numberIn(values.systolic)!, diastolic: numberIn(values.diastolic)! }
          : { value: numberIn(values.value)! };
      // To the second where the moment has not been touched.
      const isSame = before?.at !== undefined && localMinute(new Date(before.at)) === values.at;
      const at = isSame ? before.at! : new Date(values.at).toISOString();
      return { ...common, measure, ...numbers, unit, at };
    }
    case 'prescription':
      return {
        ...common,
        items: values.items.map((item, index) => ({
          label: item.label.trim(),
          ...codeFor(lists.medicines, item.label.trim(), before?.items?.[index]),
          dose: item.dose.trim(),
          frequency: item.frequency.trim(),
          days: numberIn(item.days)!,
        })),
      };
    case 'certificate':
      return { ...common, text: values.text.trim() };
    case 'note':
      return common;
  }
}
