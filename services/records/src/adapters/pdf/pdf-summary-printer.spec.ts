import { describe, expect, it } from '@jest/globals';
import { type SampleName, samples } from '../../../test/record-samples.js';
import { summaryUuid } from '../fhir/summary-uuid.js';
import { printSummary } from './pdf-summary-printer.js';

const inputOf = (name: SampleName) => ({ ...samples[name](), uuid: summaryUuid, documentUrl: (id: string) => id });

/** What a screen reader is told, in order. */
function spokenOf(pdf: Buffer): string[] {
  const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  return [...pdf.toString('latin1').matchAll(/\/ActualText \(((?:\\[\s\S]|[^\\)])*)\)/g)].map(([, escaped = '']) => {
    const bytes = Buffer.from(
      escaped.replace(/\\([\s\S])/g, (_, letter: string) => escapes[letter] ?? letter),
      'latin1',
    );
    return bytes[0] === 0xfe ? bytes.subarray(2).swap16().toString('utf16le') : bytes.toString('latin1');
  });
}
const spoken = async (name: SampleName) => spokenOf(await printSummary(inputOf(name), false)).join('\n');

describe('a record on paper', () => {
  it('has everything that is in the record', async () => {
    const said = await spoken('full');
    for (const { content } of samples.full().entries) {
      expect(said).toContain(content.label);
      if (content.note) expect(said).toContain(content.note.split('\n')[0]);
    }
    for (const part of [
      'Amina Ben Salah',
      '17 mai 1984',
      'O+',
      '138/84 mmHg',
      'Sérum physiologique',
      'sévère',
      'Karim Trabelsi',
    ])
      expect(said).toContain(part);
    expect(said).toContain('Importé de : Hôpital Charles-Nicolle');
  });

  it('says of an empty record that nothing is known', async () => {
    const said = await spoken('minimal');
    for (const part of ['No information about allergies.', 'Name unknown', 'not given']) expect(said).toContain(part);
    expect(said).not.toContain('Immunisations');
  });

  it('is in Arabic for who reads Arabic', async () => {
    const pdf = await printSummary(inputOf('arabic'), false);
    expect(pdf.toString('latin1')).toContain('/Lang (ar)');
    const said = spokenOf(pdf).join('\n');
    for (const part of ['ملخص السجل الطبي', 'أمينة بن صالح', 'البنسلين', 'شديدة', '138/84 mmHg'])
      expect(said).toContain(part);
  });

  it('goes on over as many pages as it needs', async () => {
    const input = inputOf('full');
    const many = { ...input, entries: Array.from({ length: 12 }, () => input.entries).flat() };
    const count = (pdf: Buffer) => Number(/\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1]);
    expect(count(await printSummary(many, false))).toBeGreaterThan(10);
  });

  it('is the same whenever it is printed of the same', async () => {
    const input = inputOf('arabic');
    expect((await printSummary(input)).equals(await printSummary(input))).toBe(true);
  });
});
