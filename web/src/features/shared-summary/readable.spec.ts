import { describe, expect, it } from 'vitest';
import { readableSummary } from './readable';

const bundle = (resources: [url: string, resource: object][], section: object[]) => ({
  resourceType: 'Bundle',
  entry: [
    {
      fullUrl: 'urn:uuid:c',
      resource: {
        resourceType: 'Composition',
        title: 'Résumé',
        date: '2026-12-01T10:00:00Z',
        custodian: { reference: 'urn:uuid:o' },
        section,
      },
    },
    { fullUrl: 'urn:uuid:o', resource: { resourceType: 'Organization', name: 'Cabinet' } },
    {
      fullUrl: 'urn:uuid:p',
      resource: { resourceType: 'Patient', name: [{ given: ['Amina'], family: 'B' }], birthDate: '1984-05-17' },
    },
    ...resources.map(([fullUrl, resource]) => ({ fullUrl, resource })),
  ],
});
const section = (title: string, ...urls: string[]) => ({ title, entry: urls.map((reference) => ({ reference })) });

describe('a shared summary', () => {
  it('says whose it is, who made it, and what is in it', () => {
    const summary = readableSummary(
      bundle(
        [
          [
            'urn:uuid:1',
            {
              resourceType: 'AllergyIntolerance',
              code: { text: 'Pénicilline' },
              reaction: [{ severity: 'severe' }],
              note: [{ text: 'Œdème' }],
            },
          ],
          [
            'urn:uuid:2',
            {
              resourceType: 'Observation',
              code: { text: 'Tension' },
              component: [138, 84].map((value) => ({ valueQuantity: { value, unit: 'mm[Hg]' } })),
            },
          ],
          [
            'urn:uuid:3',
            {
              resourceType: 'DocumentReference',
              description: 'Note',
              content: [
                {
                  attachment: { contentType: 'text/plain;charset=utf-8', data: 'w4l0w6k=' },
                },
              ],
            },
          ],
        ],
        [section('Allergies', 'urn:uuid:1'), section('Constantes', 'urn:uuid:2'), section('Notes', 'urn:uuid:3')],
      ),
    );
    expect(summary).toMatchObject({ patient: { name: 'Amina B', birthDate: '1984-05-17' }, custodian: 'Cabinet' });
    expect(summary.sections.map(({ entries }) => entries[0])).toEqual([
      { heading: 'Pénicilline', severity: 'severe', facts: [['note', 'Œdème']] },
      { heading: 'Tension', facts: [['value', '138/84 mmHg']] },
      { heading: 'Note', facts: [['text', 'Été']] },
    ]);
  });

  it('shows nothing where nothing is known', () => {
    const coding = [{ system: 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips', code: 'no-allergy-info' }];
    const none: [string, object] = ['urn:uuid:1', { resourceType: 'AllergyIntolerance', code: { coding } }];
    expect(readableSummary(bundle([none], [section('Allergies', 'urn:uuid:1')])).sections[0]!.entries).toEqual([]);
  });

  it('refuses what is no summary, and bears anything within one', () => {
    expect(() => readableSummary({ resourceType: 'Patient' })).toThrow('no composition');
    const odd: [string, object] = [
      'urn:uuid:1',
      { resourceType: 7, code: [], note: 'x', component: [null], content: [{}], dosage: 7, reaction: null },
    ];
    expect(() => readableSummary(bundle([odd], [section('x', 'urn:uuid:1', 'urn:uuid:none')]))).not.toThrow();
  });
});
