import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isTooNested } from './nesting.js';
import { plainText } from './plain-text.js';
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

describe('a hostile Bundle', () => {
  const refused = (json: unknown) => {
    try {
      readBundle(json, options);
    } catch (error) {
      return (error as { faults?: unknown }).faults;
    }
    return undefined;
  };

  it.each([
    ['no Bundle', { resourceType: 'Patient' }, 'resourceType', 'not-a-bundle'],
    ['a list', [], 'resourceType', 'not-a-bundle'],
    ['nothing', null, 'resourceType', 'not-a-bundle'],
    ['empty', { resourceType: 'Bundle', entry: [] }, 'entry', 'required'],
    ['entries that are none', { resourceType: 'Bundle', entry: {} }, 'entry', 'invalid'],
    ['an entry without a resource', { resourceType: 'Bundle', entry: [{}] }, 'entry[0].resource', 'invalid'],
    [
      'a resource of no type',
      { resourceType: 'Bundle', entry: [{ resource: { resourceType: '__proto__' } }] },
      'entry[0].resource',
      'invalid',
    ],
    ['one within another', bundleOf({ resourceType: 'Bundle' }), 'entry[0].resource', 'nested-bundle'],
    [
      'of two patients',
      bundleOf({ resourceType: 'Patient' }, { resourceType: 'Patient' }),
      'entry[1].resource',
      'several-patients',
    ],
    ['too many entries', bundleOf(...Array<object>(5_001).fill({ resourceType: 'Basic' })), 'entry', 'too-many'],
  ])('is refused with the field named: %s', (_, json, field, code) => {
    expect(refused(json)).toEqual([expect.objectContaining({ field, code })]);
  });

  it('may have anything where FHIR has something else', () => {
    const types = [
      'AllergyIntolerance',
      'Condition',
      'MedicationStatement',
      'MedicationRequest',
      'Immunization',
      'Observation',
      'DocumentReference',
      'Composition',
      'Provenance',
      'Patient',
      'Basic',
    ];
    const names =
      'code identifier reaction note section text dosage dosageInstruction medicationReference component content category subject name target valueQuantity effectivePeriod effectiveDateTime authoredOn groupIdentifier agent context vaccineCode onsetAge status contained'.split(
        ' ',
      );
    const values = [
      null,
      7,
      true,
      'x',
      [],
      {},
      [null],
      [[[]]],
      { coding: 7 },
      { coding: [null, 7, {}] },
      { reference: {} },
      { div: 7 },
      { $where: 'x' },
    ];
    for (const resourceType of types)
      for (const value of values) {
        const resource = { resourceType, ...Object.fromEntries(names.map((name) => [name, value])) };
        expect(() => readBundle(bundleOf(resource), options)).not.toThrow();
      }
  });

  it('may refer to itself in circles', () => {
    const entry = [
      {
        fullUrl: 'urn:uuid:r',
        resource: { resourceType: 'PractitionerRole', practitioner: { reference: 'urn:uuid:r' } },
      },
      { resource: { resourceType: 'Condition', code: { text: 'A' }, recorder: { reference: 'urn:uuid:r' } } },
      { resource: { resourceType: 'Composition', author: [{ reference: 'urn:uuid:r' }] } },
    ];
    expect(readBundle({ resourceType: 'Bundle', entry }, options).findings).toHaveLength(1);
  });

  it('costs no more for being made to cost', () => {
    const start = Date.now();
    for (const piece of ['<', '&', '<script>', '<a href="', '</p', '&amp', '<p>&'])
      plainText(piece.repeat(Math.ceil(300_000 / piece.length)));
    const targets = Array.from({ length: 100 }, (_, index) => ({ reference: `urn:uuid:${index}` }));
    read(
      ...Array.from({ length: 2_000 }, (_, id) => ({
        resourceType: id % 2 ? 'Provenance' : 'Basic',
        id: String(id),
        target: targets,
      })),
    );
    expect(Date.now() - start).toBeLessThan(5_000);
  });

  it('is seen to be too deep before it is built', () => {
    expect(isTooNested('['.repeat(41))).toBe(true);
    expect(isTooNested(`${'['.repeat(40)}${']'.repeat(40)}`)).toBe(false);
    expect(isTooNested(`"${'['.repeat(100)}\\"${'{'.repeat(100)}"`)).toBe(false);
  });

  it('leaves its scripts where nobody runs them', () => {
    expect(plainText('<p onclick="x()">a<style>b{}</style><br/>&lt;script&gt;</p>')).toBe('a\n<script>');
    expect(plainText('a<script>never closed')).toBe('a');
  });
});
