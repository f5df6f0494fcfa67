import { describe, expect, it } from '@jest/globals';
import { CountryRules } from '@medflow/rules';
import { countryRulesOf } from '@medflow/rules/settings';
import { refusalByVideo } from './by-video.js';
import type { EntryContent } from './entry.js';

const tunisia = countryRulesOf({ MEDFLOW_COUNTRY: 'TN' });
const certificate: EntryContent = { kind: 'certificate', label: 'Certificat', text: 'Apte au sport.' };
const prescribed = (...items: [label: string, atc?: string][]): EntryContent => ({
  kind: 'prescription',
  label: 'Ordonnance',
  items: items.map(([label, atc]) => ({
    label,
    ...(atc && { code: { system: 'http://www.whocc.no/atc', code: atc } }),
    dose: '1',
    frequency: '1/j',
    days: 5,
  })),
});

describe('what may not follow from a visit by video', () => {
  it('is a certificate, and the refusal names its rule', () => {
    expect(refusalByVideo(certificate, tunisia)).toMatchObject({
      code: 'certificate-by-video',
      kind: 'forbidden',
      extras: { rule: 'no-certificate-by-video' },
    });
  });

  it('is a prescription of medicines that need the patient in person, which are told one by one', () => {
    const content = prescribed(['Paracétamol'], ['Skenan', 'N02AA01'], ['Bromazépam 6 mg']);
    expect(refusalByVideo(content, tunisia)).toMatchObject({
      code: 'medicine-by-video',
      extras: { rule: 'no-controlled-medicine-by-video' },
      faults: [1, 2].map((at) => ({ field: `items.${at}.label`, code: 'medicine-by-video' })),
    });
  });

  it.each<EntryContent>([
    prescribed(['Paracétamol', 'N02BE01']),
    { kind: 'note', label: 'Certificat refusé' },
    { kind: 'medication', label: 'Morphine' },
  ])('is nothing else: %j', (content) => {
    expect(refusalByVideo(content, tunisia)).toBeUndefined();
  });

  it('is nothing where no country was chosen', () => {
    for (const content of [certificate, prescribed(['Morphine', 'N02AA01'])])
      expect(refusalByVideo(content, new CountryRules())).toBeUndefined();
  });
});
