import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { readBundle } from './reading.js';

const options = {
  language: 'fr' as const,
  digest: (text: string) => createHash('sha256').update(text).digest('base64url'),
};
const bundleOf = (...resources: object[]) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map((resource) => ({ resource })),
});
const read = (...resources: object[]) => readBundle(bundleOf(...resources), options).findings;
const one = (resource: object) => read(resource)[0]!;

describe('a Bundle from elsewhere', () => {
  it('gives an allergy its worst reaction, and no severity where it says none', () => {
    const allergy = { resourceType: 'AllergyIntolerance', code: { text: 'Penicillin' } };
    expect(one(allergy).content).toEqual({ kind: 'allergy', label: 'Penicillin' });
    const reactions = [
      { severity: 'mild', manifestation: [{ text: 'rash' }] },
      {
        severity: 'severe',
        manifestation: [{ coding: [{ system: 'http://snomed.info/sct', code: '39579001', display: 'Anaphylaxis' }] }],
      },
    ];
    const { content, original } = one({ ...allergy, reaction: reactions, criticality: 'high' });
    expect(content).toMatchObject({ severity: 'severe', note: 'Réaction: rash, Anaphylaxis\nCriticité: high' });
    expect(original).toMatchObject({ reaction: reactions });
  });

  it('keeps denials and negations as notes: no known allergy is no allergy', () => {
    const none = { coding: [{ system: 'http://snomed.info/sct', code: '716186003', display: 'No known allergy' }] };
    const refuted = {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification', code: 'refuted' }],
    };
    for (const resource of [{ code: none }, { code: { text: 'Aspirin' }, verificationStatus: refuted }])
      expect(one({ resourceType: 'AllergyIntolerance', ...resource }).content.kind).toBe('note');
    expect(one({ resourceType: 'Immunization', status: 'not-done', vaccineCode: { text: 'Flu' } }).content.kind).toBe(
      'note',
    );
  });

  it('takes what is over for an antecedent', () => {
    const code = { text: 'Pneumonia' };
    const status = (value: string) => ({
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: value }],
    });
    const kinds = ['active', 'recurrence', 'resolved', 'inactive', 'remission'].map(
      (value) => one({ resourceType: 'Condition', code, clinicalStatus: status(value) }).content.kind,
    );
    expect(kinds).toEqual(['condition', 'condition', 'antecedent', 'antecedent', 'antecedent']);
  });

  it('finds the medicine that a statement refers to, by URL, by id and within', () => {
    const medication = { resourceType: 'Medication', id: 'm', code: { text: 'Metformin' } };
    const statement = { resourceType: 'MedicationStatement', status: 'active' };
    const bundle = (reference: string, over = {}) => ({
      resourceType: 'Bundle',
      entry: [
        { fullUrl: 'urn:uuid:0a', resource: medication },
        { resource: { ...statement, ...over, medicationReference: { reference } } },
      ],
    });
    for (const given of [bundle('urn:uuid:0a'), bundle('Medication/m'), bundle('#m', { contained: [medication] })])
      expect(readBundle(given, options).findings[0]!.content).toEqual({ kind: 'medication', label: 'Metformin' });
  });

  it('reads coded doses in words', () => {
    const dosage = [
      {
        timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } },
        doseAndRate: [{ doseQuantity: { value: 500, unit: 'mg' } }],
      },
    ];
    const statement = {
      resourceType: 'MedicationStatement',
      status: 'active',
      medicationCodeableConcept: { text: 'X' },
      dosage,
    };
    expect(one(statement).content).toMatchObject({ dose: '500 mg', frequency: '2 / 1 d' });
    expect(one(statement).original).toBeDefined();
  });

  it('reads vital signs, and keeps as a note what nobody can have or what is no measure of ours', () => {
    const observation = (code: string, valueQuantity: object, over = {}) => ({
      resourceType: 'Observation',
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code, display: 'Weight' }] },
      effectiveDateTime: '2026-11-20',
      valueQuantity,
      ...over,
    });
    expect(one(observation('29463-7', { value: 70, code: 'kg' })).content).toMatchObject({
      kind: 'vital',
      measure: 'weight',
      value: 70,
      unit: 'kg',
      at: '2026-11-20T00:00:00Z',
    });
    expect(one(observation('29463-7', { value: 9000, code: 'kg' })).content).toMatchObject({
      kind: 'note',
      label: 'Weight',
      note: expect.stringContaining('Valeur: 9000 kg') as unknown as string,
    });
    expect(one(observation('718-7', { value: 13.2, unit: 'g/dL' })).content).toMatchObject({
      kind: 'note',
      note: 'Type: Observation\nValeur: 13.2 g/dL\nDate: 2026-11-20\nStatut: final',
    });
    expect(one(observation('85354-9', { value: 1 })).content.kind).toBe('note');
  });

  it('never takes over what only its issuer may have issued', () => {
    const kinds = [
      {
        resourceType: 'MedicationRequest',
        status: 'active',
        intent: 'order',
        medicationCodeableConcept: { text: 'X' },
      },
      {
        resourceType: 'DocumentReference',
        description: 'Certificat',
        category: [{ coding: [{ system: 'urn:medflow:record-entry-kind', code: 'certificate' }] }],
      },
      {
        resourceType: 'DocumentReference',
        description: 'Fichier',
        category: [{ coding: [{ system: 'urn:medflow:record-entry-kind', code: 'document' }] }],
      },
    ].map((resource) => one(resource).content.kind);
    expect(kinds).toEqual(['medication', 'note', 'note']);
  });

  it('keeps and shows what it does not know', () => {
    const procedure = {
      resourceType: 'Procedure',
      status: 'completed',
      code: { text: 'Appendicectomie' },
      performedDateTime: '1998-07',
      text: { status: 'generated', div: '<div><b>Sans</b> suites<script>alert(1)</script></div>' },
    };
    const { content, original } = one(procedure);
    expect(content).toEqual({
      kind: 'note',
      label: 'Appendicectomie',
      note: 'Type: Procedure\nDate: 1998-07\nStatut: completed\nContenu: Sans suites',
    });
    expect(original).toMatchObject({ resourceType: 'Procedure', performedDateTime: '1998-07' });
    expect(original).not.toHaveProperty('text');
    expect(one({ resourceType: 'NobodyKnows' }).content).toMatchObject({ label: 'NobodyKnows' });
  });

  it('keeps what a summary says to people only', () => {
    const section = [
      { title: 'Plan', text: { div: '<div><p>Revoir</p><p>dans 3&#160;mois &amp; plus</p></div>' } },
      { title: 'Vide', text: { div: '<div>rien</div>' }, emptyReason: { text: 'none' } },
    ];
    const findings = read({ resourceType: 'Composition', section });
    expect(findings.map(({ content }) => content)).toEqual([
      { kind: 'note', label: 'Plan', note: 'Revoir\ndans 3 mois & plus' },
    ]);
  });

  it('knows a resource again by its identifier, by its URL, or by what it says', () => {
    const condition = { resourceType: 'Condition', code: { text: 'Asthma' } };
    const keyOf = (resource: object, fullUrl?: string) =>
      readBundle({ resourceType: 'Bundle', entry: [{ resource, ...(fullUrl && { fullUrl }) }] }, options).findings[0]!
        .key;
    const identified = { ...condition, identifier: [{ system: 'urn:oid:1', value: '7' }] };
    expect(keyOf(identified)).toBe('Condition|urn:oid:1|7');
    expect(keyOf(identified, 'urn:uuid:a')).toBe('Condition|urn:oid:1|7');
    expect(keyOf(condition, 'urn:uuid:a')).toBe('Condition|urn:uuid:a');
    expect(keyOf(condition)).toBe(keyOf({ ...condition, text: { div: '<div/>' } }));
    expect(keyOf(condition)).not.toBe(keyOf({ ...condition, onsetDateTime: '2020' }));
  });

  it('says whose data it says they are', () => {
    const patient = {
      resourceType: 'Patient',
      name: [{ family: 'Judge', given: ['James', 'T'] }],
      birthDate: '1985-04-25',
    };
    expect(readBundle(bundleOf(patient), options).patient).toEqual({ name: 'James T Judge', birthDate: '1985-04-25' });
  });

  it('puts a label of a novel’s length on one line and keeps all of it', () => {
    const { content } = one({ resourceType: 'Condition', code: { text: 'x'.repeat(500) } });
    expect(content.label).toHaveLength(200);
    expect(content.note).toBe('x'.repeat(500));
  });
});
