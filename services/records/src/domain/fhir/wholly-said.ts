import type { EntryContent } from '../entry.js';
import type { Resource } from './fhir.js';
import { codingsOf } from './json.js';
import { attachmentsOf, isType } from './document-meanings.js';

/** Who says so, when, and what is told apart already when a resource is read. */
const TOLD_ELSEWHERE = new Set(
  (
    'resourceType id meta language text implicitRules identifier status clinicalStatus verificationStatus category patient ' +
    'subject recorder requester informationSource performer author recordedDate authoredOn dateAsserted recorded issued date ' +
    'description note groupIdentifier intent type'
  ).split(' '),
);

/** Paths that an entry of the kind says, whole. */
const SAID: Readonly<Record<string, ReadonlySet<string>>> = {
  AllergyIntolerance: new Set([
    'reaction.severity',
    'reaction.manifestation.extension.url',
    'reaction.manifestation.extension.valueCode',
  ]),
  Condition: new Set(['onsetDateTime']),
  MedicationStatement: new Set([
    'effectivePeriod.start',
    'effectivePeriod.end',
    'effectivePeriod.extension.url',
    'effectivePeriod.extension.valueCode',
    'dosage.text',
    'dosage.timing.code.text',
  ]),
  MedicationRequest: new Set([
    'dosageInstruction.text',
    'dosageInstruction.timing.code.text',
    ...['value', 'unit', 'system', 'code'].map((part) => `dosageInstruction.timing.repeat.boundsDuration.${part}`),
  ]),
  Immunization: new Set([
    'occurrenceDateTime',
    'occurrenceString',
    '_occurrenceString.extension.url',
    '_occurrenceString.extension.valueCode',
  ]),
  Observation: new Set([
    'effectiveDateTime',
    ...['value', 'unit', 'system', 'code'].flatMap((part) => [
      `valueQuantity.${part}`,
      `component.valueQuantity.${part}`,
    ]),
    'component.code.coding.system',
    'component.code.coding.code',
  ]),
  DocumentReference: new Set(['contentType', 'language', 'data', 'title'].map((part) => `content.attachment.${part}`)),
};
const CODED = ['code', 'medicationCodeableConcept', 'vaccineCode', 'context.event'];
const CODED_PATHS = CODED.flatMap((field) =>
  ['text', 'coding.system', 'coding.code', 'coding.display'].map((part) => `${field}.${part}`),
);

function isSaid(value: unknown, path: string, said: ReadonlySet<string>): boolean {
  if (Array.isArray(value)) return value.every((item) => isSaid(item, path, said));
  if (typeof value !== 'object' || value === null) return said.has(path) || CODED_PATHS.includes(path);
  return Object.entries(value).every(([field, inner]) => isSaid(inner, `${path}.${field}`, said));
}

/** Nothing is lost when only the entry is kept. */
export function isWhollySaid(resource: Resource, content: EntryContent): boolean {
  const said = SAID[resource.resourceType];
  if (!said || (content.kind === 'note') !== (resource.resourceType === 'DocumentReference')) return false;
  const concept = resource.code ?? resource.medicationCodeableConcept ?? resource.vaccineCode;
  if (codingsOf(concept).length > (content.kind === 'vital' ? 2 : 1)) return false;
  const hasFile = attachmentsOf(resource).some((attachment) => !isType(attachment, 'text/plain'));
  if (resource.resourceType === 'DocumentReference' && hasFile) return false;
  return Object.entries(resource).every(([field, value]) => TOLD_ELSEWHERE.has(field) || isSaid(value, field, said));
}
