type Fields = Readonly<Record<string, unknown>>;

/** A line of an entry: the key of its label, and what it says. */
export type Fact = readonly [label: FactLabel, value: string];
export type FactLabel =
  'severity' | 'onset' | 'dose' | 'period' | 'days' | 'date' | 'value' | 'note' | 'text' | 'file' | 'recorded' | 'by';

export interface ReadableEntry {
  readonly heading: string;
  readonly severity?: string;
  readonly facts: readonly Fact[];
}

export interface ReadableSection {
  readonly title: string;
  readonly entries: readonly ReadableEntry[];
}

export interface ReadableSummary {
  readonly title: string;
  readonly patient: { readonly name: string; readonly birthDate?: string; readonly gender?: string };
  readonly date?: string;
  readonly custodian?: string;
  readonly sections: readonly ReadableSection[];
}

const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);

const conceptText = (concept: unknown): string | undefined => {
  const { text: said, coding } = fields(concept);
  const codings = list(coding).map(fields);
  return text(said) ?? codings.map(({ display, code }) => text(display) ?? text(code)).find(Boolean);
};

const nameText = (names: unknown): string | undefined => {
  const { text: said, given, family } = fields(list(names)[0]);
  return [...list(given), family].map(text).filter(Boolean).join(' ') || text(said);
};

const quantityText = (quantity: unknown): string | undefined => {
  const { value, unit } = fields(quantity);
  return typeof value === 'number' ? `${value} ${unitText(text(unit) ?? '')}`.trim() : undefined;
};

/** Units as people write them, not as UCUM does. */
const unitTexts: Readonly<Record<string, string>> = { 'mm[Hg]': 'mmHg', Cel: '°C', '[degF]': '°F' };
const unitText = (unit: string): string => (Object.hasOwn(unitTexts, unit) ? unitTexts[unit]! : unit);

/** The text of a narrative, never its mark-up: a template is inert, and only its text is taken. */
function narrativeText(narrative: unknown): string | undefined {
  const { div } = fields(narrative);
  if (typeof div !== 'string') return undefined;
  const page = new DOMParser().parseFromString(div, 'text/html');
  page.querySelectorAll('script, style').forEach((element) => element.remove());
  return page.body.textContent?.replace(/\s+/g, ' ').trim() || undefined;
}

const periodText = (period: unknown): string | undefined => {
  const { start, end } = fields(period);
  return start || end ? `${text(start)?.slice(0, 10) ?? '…'} – ${text(end)?.slice(0, 10) ?? '…'}` : undefined;
};

function valueOf(resource: Fields): string | undefined {
  const parts = list(resource.component).map((part) => quantityText(fields(part).valueQuantity));
  const numbers = parts.filter((part) => part !== undefined);
  if (numbers.length === 2) return `${numbers[0]!.split(' ')[0]}/${numbers[1]}`;
  return (
    quantityText(resource.valueQuantity) ??
    conceptText(resource.valueCodeableConcept) ??
    text(resource.valueString) ??
    (numbers.join(', ') || undefined)
  );
}

const decoded = (data: unknown): string | undefined => {
  try {
    const bytes = Uint8Array.from(atob(String(data)), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return undefined;
  }
};

function attachmentFacts(resource: Fields): [FactLabel, string | undefined][] {
  return list(resource.content).map((content) => {
    const { contentType, data, title } = fields(fields(content).attachment);
    const isText = text(contentType)?.startsWith('text/plain');
    return isText ? ['text', decoded(data)] : ['file', [text(title), text(contentType)].filter(Boolean).join(', ')];
  });
}

function entryOf(resource: Fields, nameOf: (reference: unknown) => string | undefined): ReadableEntry {
  const dosages = [...list(resource.dosage), ...list(resource.dosageInstruction)].map(fields);
  const reactions = list(resource.reaction).map(fields);
  const severity = reactions.map((reaction) => text(reaction.severity)).find(Boolean);
  const days = dosages.map(({ timing }) => fields(fields(fields(timing).repeat).boundsDuration).value);
  const author = resource.recorder ?? resource.requester ?? resource.informationSource ?? list(resource.performer)[0];
  const notes = list(resource.note).map((note) => text(fields(note).text));
  const facts: [FactLabel, string | undefined][] = [
    ['value', valueOf(resource)],
    [
      'dose',
      dosages
        .map((dosage) => text(dosage.text))
        .filter(Boolean)
        .join(' ; '),
    ],
    ['days', days.filter((count) => typeof count === 'number').join(', ')],
    ['period', periodText(resource.effectivePeriod)],
    ['onset', text(resource.onsetDateTime) ?? text(resource.onsetString)],
    ['date', text(resource.effectiveDateTime) ?? text(resource.occurrenceDateTime) ?? text(resource.performedDateTime)],
    ...(resource.resourceType === 'DocumentReference' ? attachmentFacts(resource) : []),
    ['note', notes.filter(Boolean).join('\n')],
    ['by', nameOf(author ?? list(resource.author)[0])],
    ['recorded', text(resource.recordedDate) ?? text(resource.authoredOn) ?? text(resource.dateAsserted)],
  ];
  const heading =
    text(resource.description) ??
    [resource.code, resource.medicationCodeableConcept, resource.vaccineCode, resource.type]
      .map(conceptText)
      .find(Boolean) ??
    String(resource.resourceType);
  return {
    heading,
    ...(severity && { severity }),
    facts: facts.filter((fact): fact is [FactLabel, string] => Boolean(fact[1]) && fact[1] !== heading),
  };
}

/**
 * An International Patient Summary as it is shown: text alone, whatever stands in it.
 * @throws TypeError for what is no document Bundle
 */
export function readableSummary(bundle: unknown): ReadableSummary {
  const entries = list(fields(bundle).entry).map(fields);
  const byUrl = new Map(entries.map(({ fullUrl, resource }) => [fullUrl, fields(resource)]));
  const resources = [...byUrl.values()];
  const composition = resources.find(({ resourceType }) => resourceType === 'Composition');
  if (!composition) throw new TypeError('no composition');
  const resolve = (reference: unknown) => byUrl.get(fields(reference).reference);
  const nameOf = (reference: unknown) => {
    const actor = resolve(reference);
    return typeof actor?.name === 'string' ? actor.name : nameText(actor?.name);
  };
  const patient = fields(resources.find(({ resourceType }) => resourceType === 'Patient'));
  const birthDate = text(patient.birthDate);
  const gender = text(patient.gender);
  const date = text(composition.date);
  const custodian = nameOf(composition.custodian);
  return {
    title: text(composition.title) ?? '',
    patient: {
      name: nameText(patient.name) ?? '—',
      ...(birthDate && { birthDate }),
      ...(gender && { gender }),
    },
    ...(date && { date }),
    ...(custodian && { custodian }),
    sections: list(composition.section).map((given) => {
      const section = fields(given);
      const shown = list(section.entry)
        .map(resolve)
        .filter((resource) => resource !== undefined)
        .filter((resource) => !JSON.stringify(resource).includes('absent-unknown-uv-ips'))
        .map((resource) => entryOf(resource, nameOf));
      const said = shown.length === 0 ? narrativeText(section.text) : undefined;
      return { title: text(section.title) ?? '', entries: said ? [{ heading: said, facts: [] }] : shown };
    }),
  };
}
