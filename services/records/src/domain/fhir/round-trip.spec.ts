import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { summaryUuid } from '../../adapters/fhir/summary-uuid.js';
import { entryOf, everyEntry, samples } from '../../../test/record-samples.js';
import type { EntryContent, EntryState } from '../entry.js';
import { readBundle } from './reading.js';
import { patientSummary } from './summary.js';

const options = {
  language: 'fr' as const,
  digest: (text: string) => createHash('sha256').update(text).digest('base64url'),
};

const exported = (entries: EntryState[], over: object = {}) =>
  JSON.parse(
    JSON.stringify(
      patientSummary({
        ...samples.full(),
        entries,
        uuid: summaryUuid,
        documentUrl: (id) => `https://medflow.example/documents/${id}`,
        ...over,
      }),
    ),
  ) as object;

/** What an entry is elsewhere: prescriptions, certificates and files of others are not ours to sign or to serve. */
function expectedOf({ content }: EntryState): EntryContent[] {
  const { kind, label, code, note } = content;
  if (kind === 'prescription')
    return content.items.map((item) => ({
      kind: 'medication',
      label: item.label,
      ...(item.code && { code: item.code }),
      dose: item.dose,
      frequency: item.frequency,
      from: '2026-11-20',
      to: item.days === 5 ? '2026-11-25' : '2026-12-20',
      note: [note, `Ordonnance: ${label}`].filter(Boolean).join('\n'),
    }));
  if (kind === 'certificate') return [{ kind: 'note', label, note: [content.text, note].join('\n') }];
  if (kind === 'document')
    return [{ kind: 'note', label, note: [note, `Fichier: ${label}, ${content.file.mediaType}`].join('\n') }];
  if (kind === 'vital') return [content];
  return [{ ...content, ...(code && { code }) }];
}

describe('what is exported and imported again', () => {
  const entries = everyEntry().filter(({ withdrawn }) => !withdrawn);

  it.each(entries.map((entry) => [`${entry.content.kind} ${entry.content.label}`, entry] as const))(
    'loses nothing: %s',
    (_, entry) => {
      const { findings, skipped } = readBundle(
        exported([entry], { patient: { id: 'p', firstName: 'A', lastName: 'B' } }),
        options,
      );
      expect(findings.map(({ content }) => content)).toEqual(expectedOf(entry));
      expect(skipped.filter(({ reason }) => reason !== 'no-information')).toEqual([]);
    },
  );

  it('goes once more round without any change', () => {
    const importOf = (bundle: object) =>
      readBundle(bundle, options).findings.map((finding, index) =>
        entryOf(finding.content, {
          id: summaryUuid(`again ${index}`),
          author: { id: 'p', role: 'patient' },
          provenance: {
            source: finding.source,
            importedAt: new Date('2026-12-02T08:00:00Z'),
            ...(finding.original !== undefined && { original: finding.original }),
            ...(finding.writtenAt !== undefined && { writtenAt: finding.writtenAt }),
          },
        }),
      );
    const patient = { id: 'p', firstName: 'Amina', lastName: 'Ben Salah' };
    const first = importOf(exported(entries, { patient }));
    const second = importOf(exported(first, { patient }));
    const told = (list: EntryState[]) =>
      list.map(({ content, provenance }) => [content, provenance?.writtenAt, provenance?.original]);
    expect(told(second)).toEqual(told(first));
    expect(first.length).toBeGreaterThan(25);
  });

  it('names its author, its house and its day', () => {
    const [finding] = readBundle(exported([entries[0]!]), options).findings;
    expect(finding).toMatchObject({
      source: 'Karim Trabelsi, Cabinet El Menzah',
      writtenAt: '2026-11-20T09:30:00.250Z',
    });
  });

  it('keeps nothing beside an entry that says it whole', () => {
    const plain = readBundle(exported(entries.filter(({ content }) => content.kind !== 'document')), options).findings;
    const withOriginal = plain.filter(({ original }) => original !== undefined);
    // The laboratory's value, which was imported with its own, and the blood group of the profile.
    expect(withOriginal.map(({ content }) => content.label)).toEqual(['Groupe sanguin', 'Hémoglobine : 13,2 g/dL']);
  });

  it('does not bring back what was withdrawn, nor that nothing was known', () => {
    const withdrawn = everyEntry().filter((entry) => entry.withdrawn);
    const { findings, skipped } = readBundle(
      exported(withdrawn, { patient: { id: 'p', firstName: 'A', lastName: 'B' } }),
      options,
    );
    expect(findings).toEqual([]);
    expect(skipped.map(({ reason }) => reason).sort()).toEqual([
      'entered-in-error',
      ...Array(3).fill('no-information'),
    ]);
  });
});
