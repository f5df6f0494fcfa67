import type { EntryContent, EntryState } from '../entry.js';
import type { Coding } from '../vitals.js';
import type { SectionName } from './sections.js';
import type { SummaryLanguage, SummaryTexts } from './summary-texts.js';

/** An entry as people read it, on paper and in the narrative of the summary. */
export interface Description {
  readonly heading: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
}

export interface Named {
  readonly firstName: string;
  readonly lastName: string;
}

export interface Words {
  readonly texts: SummaryTexts;
  readonly language: SummaryLanguage;
  /** IANA name. */
  readonly timeZone: string;
  readonly people: ReadonlyMap<string, Named>;
}

const locales = { fr: 'fr-FR', en: 'en-GB', ar: 'ar-TN' } as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export const nameOf = (person: Named | undefined, texts: SummaryTexts): string =>
  `${person?.firstName ?? ''} ${person?.lastName ?? ''}`.trim() || texts.unknownName;

/** A day, or an instant with its time, in Western digits as Tunisia writes them; a month or a year stays as it is. */
export function dateText(at: string | Date, { language, timeZone }: Words): string {
  if (typeof at === 'string' && at.length < 10) return at;
  const isDay = typeof at === 'string' && DAY.test(at);
  return new Intl.DateTimeFormat(`${locales[language]}-u-nu-latn`, {
    dateStyle: 'long',
    ...(!isDay && { timeStyle: 'short' }),
    timeZone: isDay ? 'UTC' : timeZone,
  }).format(new Date(at));
}

/** Units as people write them, not as UCUM does. */
const unitTexts: Readonly<Record<string, string>> = {
  'mm[Hg]': 'mmHg',
  Cel: '°C',
  '[degF]': '°F',
  '[lb_av]': 'lb',
  '[in_i]': 'in',
};
export const unitText = (unit: string): string => unitTexts[unit] ?? unit;

export const codeText = ({ system, code }: Coding): string => `${code} (${system})`;

type Fact = readonly [label: string, value: string | undefined];

function detailsOf(content: EntryContent, words: Words): Fact[] {
  const { texts } = words;
  const date = (at: string | undefined) => (at === undefined ? undefined : dateText(at, words));
  switch (content.kind) {
    case 'allergy':
      return [[texts.severity, content.severity && texts.severities[content.severity]]];
    case 'condition':
    case 'antecedent':
      return [[texts.onset, date(content.onset)]];
    case 'medication':
      return [
        [texts.dose, content.dose],
        [texts.frequency, content.frequency],
        [texts.from, date(content.from)],
        [texts.to, date(content.to)],
      ];
    case 'immunization':
      return [[texts.at, date(content.at)]];
    case 'vital': {
      const value =
        content.measure === 'blood-pressure' ? `${content.systolic}/${content.diastolic}` : String(content.value);
      return [
        [texts.measures[content.measure], `${value} ${unitText(content.unit)}`],
        [texts.at, date(content.at)],
      ];
    }
    case 'prescription':
      return content.items.map(({ label, code, dose, frequency, days }) => [
        label,
        [dose, frequency, texts.days(days), code && codeText(code)].filter(Boolean).join(' · '),
      ]);
    case 'certificate':
      return [[texts.text, content.text]];
    case 'document':
      return [[texts.file, content.file.mediaType]];
    case 'note':
      return [];
  }
}

export function describeEntry(entry: EntryState, words: Words): Description {
  const { content, provenance } = entry;
  const { texts } = words;
  const facts: Fact[] = [
    ...detailsOf(content, words),
    [texts.code, content.code && codeText(content.code)],
    [texts.note, content.note],
    provenance
      ? [texts.source, `${provenance.source}, ${dateText(provenance.importedAt, words)}`]
      : [texts.author, nameOf(words.people.get(entry.author.id), texts)],
    [texts.recordedAt, dateText(entry.recordedAt, words)],
    [texts.reason, entry.reason],
  ];
  return {
    heading: content.label,
    facts: facts.filter((fact): fact is readonly [string, string] => Boolean(fact[1])),
  };
}

const sectionsByKind = {
  allergy: 'allergies',
  condition: 'problems',
  antecedent: 'pastIllness',
  medication: 'medications',
  prescription: 'medications',
  immunization: 'immunizations',
  vital: 'vitals',
  note: 'notes',
  certificate: 'certificates',
  document: 'documents',
} as const satisfies Record<string, SectionName>;

/** Where an entry stands in the summary. */
export const sectionOf = ({ content, withdrawn }: EntryState): SectionName =>
  withdrawn ? 'withdrawn' : sectionsByKind[content.kind];
