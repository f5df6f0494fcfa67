import { type Coding, systems } from '../vitals.js';
import { isDateTime } from './fhir.js';
import { plainText, tidy } from './plain-text.js';

/** Of somebody else's JSON: everything may be missing, or be something else. */
export type Fields = Readonly<Record<string, unknown>>;

const MAX_TEXT = 20_000;
const MAX_CODE = 200;

export const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** A field that FHIR repeats; one that stands alone is a list of one. */
export const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

/** Text without control characters; undefined when nothing is left of it. */
export const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? tidy(value.slice(0, MAX_TEXT)) || undefined : undefined;

export const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** A FHIR date or dateTime. */
export const when = (value: unknown): string | undefined => (isDateTime(value) ? value : undefined);
/** Its day, month or year. */
export const dayOf = (value: unknown): string | undefined => when(value)?.slice(0, 10);

const known = new Set<string>(Object.values(systems));

export function codingsOf(concept: unknown): Coding[] {
  return list(fields(concept).coding).flatMap((coding) => {
    const { system, code } = fields(coding);
    const isCode = [system, code].every((part) => typeof part === 'string' && part && part.length <= MAX_CODE);
    return isCode ? [{ system: system as string, code: code as string }] : [];
  });
}

/** The one that others are likeliest to know. */
export const codeOf = (concept: unknown): Coding | undefined => {
  const codings = codingsOf(concept);
  return codings.find(({ system }) => known.has(system)) ?? codings[0];
};

export const hasCode = (concept: unknown, system: string, ...codes: string[]): boolean =>
  codingsOf(concept).some((coding) => coding.system === system && codes.includes(coding.code));

/** What it says in words, else its code. */
export function conceptText(concept: unknown): string | undefined {
  const { text: said, coding } = fields(concept);
  const codings = list(coding).map(fields);
  return (
    text(said) ??
    codings.map(({ display }) => text(display)).find(Boolean) ??
    codings.map(({ code }) => text(code)).find(Boolean)
  );
}

export const conceptTexts = (concepts: unknown): string[] =>
  list(concepts)
    .map(conceptText)
    .filter((said) => said !== undefined);

export const notesOf = (resource: Fields): string | undefined =>
  list(resource.note)
    .map((note) => text(fields(note).text))
    .filter(Boolean)
    .join('\n') || undefined;

export const narrativeText = (narrative: unknown): string | undefined => {
  const { div } = fields(narrative);
  return typeof div === 'string' ? plainText(div).slice(0, MAX_TEXT) || undefined : undefined;
};

export function nameText(names: unknown): string | undefined {
  const { text: said, given, family } = fields(list(names)[0]);
  const parts = [...list(given), family].map(text).filter(Boolean);
  return parts.join(' ') || text(said);
}

export function quantityText(quantity: unknown): string | undefined {
  const { value, unit, code, comparator } = fields(quantity);
  if (number(value) === undefined) return undefined;
  return [text(comparator), String(value), text(unit) ?? text(code)].filter(Boolean).join(' ');
}

/** A value of any of FHIR's types (`value[x]`, `onset[x]`), in words. */
export function valueText(resource: Fields, name: string): string | undefined {
  const key = Object.keys(resource).find((field) => field.startsWith(name) && /^[A-Z]/.test(field.slice(name.length)));
  if (key === undefined) return undefined;
  const value = resource[key];
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value === 'string') return text(value);
  const { start, end, low, high } = fields(value);
  const range = [low, high].map(quantityText).filter(Boolean).join(' – ');
  const period = [start, end].map(text).filter(Boolean).join(' – ');
  return conceptText(value) ?? quantityText(value) ?? (range || period || undefined);
}
