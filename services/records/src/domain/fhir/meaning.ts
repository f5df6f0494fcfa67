import type { EntryContent } from '../entry.js';
import { systems } from '../vitals.js';
import { ABSENT_UNKNOWN, type Resource } from './fhir.js';
import { codeOf, codingsOf, hasCode, notesOf } from './json.js';
import type { ReadingTexts } from './reading-texts.js';

/** The resource that a reference means, within the Bundle or the resource that has it. */
export type Resolve = (reference: unknown) => Resource | undefined;

export interface Context {
  readonly texts: ReadingTexts;
  readonly resolve: Resolve;
  /** It stands in the section of what is past. */
  readonly isPast: boolean;
  /** Whatever it is. */
  readonly asNote?: boolean;
}

export type Remark = readonly [label: string, value: string | undefined];
export type Meaning = (resource: Resource, context: Context) => EntryContent | undefined;

/** Its own notes, then what the entry has no other place for. */
export function remarks(resource: Resource, more: readonly Remark[]): { note?: string } {
  const lines = [
    notesOf(resource),
    ...more.filter(([, value]) => value !== undefined).map(([label, value]) => `${label}: ${value}`),
  ].filter((line) => line !== undefined);
  return lines.length > 0 ? { note: lines.join('\n') } : {};
}

export const coded = (concept: unknown) => {
  const code = codeOf(concept);
  return code && { code };
};

/** SNOMED CT: that there is none, or that none is known. */
const NONE = ['716186003', '409137002', '428607008', '429625007', '160244002', '160245001', '787481004', '787480003'];

/** It is a word of its source's, and no allergy, problem or medicine. */
export const saysNone = (concept: unknown): boolean =>
  hasCode(concept, systems.snomed, ...NONE) || codingsOf(concept).some(({ system }) => system === ABSENT_UNKNOWN);
