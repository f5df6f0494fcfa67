import type { Coding } from '../vitals.js';

/** A FHIR R4 resource as JSON: what is made here is held against the profiles by the validators, not by types. */
export interface Resource {
  readonly resourceType: string;
  readonly id?: string;
  readonly [field: string]: unknown;
}

export interface BundleEntry {
  readonly fullUrl: string;
  readonly resource: Resource;
}

export interface Bundle extends Resource {
  readonly resourceType: 'Bundle';
  readonly entry: readonly BundleEntry[];
}

export interface Reference {
  readonly reference: string;
}

export interface Concept {
  readonly coding?: readonly Coding[];
  readonly text?: string;
}

/** Of identifiers that are URIs themselves. */
export const URI_SYSTEM = 'urn:ietf:rfc:3986';
export const ABSENT_REASON = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
/** IPS 1.1: that nothing is known, or that nothing is there. */
export const ABSENT_UNKNOWN = 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips';
/** What kind of entry a DocumentReference of ours is. */
export const KIND_SYSTEM = 'urn:medflow:record-entry-kind';
/** Of what was imported once: the resource as it was, beside the one that it became. */
export const ORIGINAL_KIND = 'original';
export const WITHDRAWN_KIND = 'withdrawn';
export const FHIR_JSON = 'application/fhir+json';

export const terminology = (name: string): string => `http://terminology.hl7.org/CodeSystem/${name}`;

export const absentReason = (reason: 'unknown' | 'unsupported' = 'unknown') => ({
  extension: [{ url: ABSENT_REASON, valueCode: reason }],
});

export const identifierOf = (urn: string) => ({ system: URI_SYSTEM, value: urn });

export const concept = (text: string | undefined, ...codes: (Coding | undefined)[]): Concept => {
  const coding = codes.filter((code) => code !== undefined);
  return { ...(coding.length > 0 && { coding }), ...(text !== undefined && { text }) };
};

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/;

/** As FHIR writes it: a day, month or year as it is, an instant with its seconds. */
export const dateTime = (at: string): string => (DATE.test(at) || DATE_TIME.test(at) ? at : new Date(at).toISOString());

export const isDateTime = (value: unknown): value is string =>
  typeof value === 'string' && (DATE.test(value) || DATE_TIME.test(value)) && !Number.isNaN(Date.parse(value));

export const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
