import { checkContent, type EntryContent } from '../entry.js';
import { type Given, resourcesIn } from './bundle-resources.js';
import { InvalidBundle } from './errors.js';
import { ABSENT_UNKNOWN, KIND_SYSTEM, ORIGINAL_KIND, type Resource, terminology, WITHDRAWN_KIND } from './fhir.js';
import { codeOf, fields, type Fields, hasCode, list, nameText, narrativeText, text, when } from './json.js';
import { originalIn } from './document-meanings.js';
import type { Resolve } from './meaning.js';
import { meaningOf } from './meanings.js';
import { isWhollySaid } from './wholly-said.js';
import { type ReadingTexts, readingTexts } from './reading-texts.js';
import { sectionCodes } from './sections.js';
import type { SummaryLanguage } from './summary-texts.js';

const MAX_SOURCE = 200;
const MAX_LABEL = 200;
const MAX_IDENTIFIERS = 5;

/** Something that the Bundle says, and the entry that it would become. */
export interface Finding {
  /** Its place among the Bundle's entries. */
  readonly position: number;
  readonly resourceType: string;
  /** The same whenever the same is imported again. */
  readonly key: string;
  /** Identifiers and URNs of it and of the prescription that it is part of. */
  readonly names: readonly string[];
  readonly content: EntryContent;
  /** The resource as it came, where it says more than the entry. */
  readonly original?: unknown;
  /** Who says so. */
  readonly source: string;
  readonly writtenAt?: string;
}

/** Something that is not to be taken into the record. */
export interface Skipped {
  readonly position: number;
  readonly resourceType: string;
  /** It was an error, or says that nothing is known. */
  readonly reason: 'entered-in-error' | 'no-information';
}

export interface ReadBundle {
  readonly source: string;
  /** Whose data it says they are, to be compared by whoever imports it. */
  readonly patient?: { readonly name?: string; readonly birthDate?: string };
  readonly findings: readonly Finding[];
  readonly skipped: readonly Skipped[];
}

export interface ReadingOptions {
  readonly language: SummaryLanguage;
  /** A short digest, to recognise by what has no identifier. */
  digest(text: string): string;
}

/** They say who and where, which is told with what they are about. */
const ABOUT_OTHERS = [
  'Composition',
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'RelatedPerson',
  'Device',
  'Medication',
  'Provenance',
];

/**
 * What a FHIR R4 Bundle of any type would add to a record. Nothing in it is executed, fetched or believed to be HTML: its
 * references are followed within it only, and what no entry has a place for is kept as a note, with the resource as it was.
 * @throws InvalidBundle naming the field
 */
export function readBundle(json: unknown, options: ReadingOptions): ReadBundle {
  const given = resourcesIn(json);
  const texts = readingTexts[options.language];
  const patients = given.filter(({ resource }) => resource.resourceType === 'Patient');
  if (patients.length > 1) throw new InvalidBundle(`entry[${patients[1]!.position}].resource`, 'several-patients');
  const patient = patients[0]?.resource;
  return new Reader(given, options, texts).read(
    patient && { name: nameText(patient.name), birthDate: when(patient.birthDate) },
  );
}

class Reader {
  private readonly byUrl = new Map<string, Resource>();
  private readonly compositions: readonly Fields[];
  private readonly source: string;
  private readonly past: ReadonlySet<Resource>;
  /** By the full URL of what they are about. */
  private readonly provenances = new Map<string, Resource>();
  private readonly originals = new Map<string, Resource>();
  private readonly findings: Finding[] = [];
  private readonly skipped: Skipped[] = [];

  constructor(
    private readonly given: readonly Given[],
    private readonly options: ReadingOptions,
    private readonly texts: ReadingTexts,
  ) {
    for (const { fullUrl, resource } of given) {
      if (fullUrl !== undefined) this.byUrl.set(fullUrl, resource);
      if (typeof resource.id === 'string') this.byUrl.set(`${resource.resourceType}/${resource.id}`, resource);
      this.follow(resource);
    }
    this.compositions = given.map(({ resource }) => resource).filter((one) => one.resourceType === 'Composition');
    this.source = this.sourceOf(this.compositions[0]) ?? texts.unknownSource;
    this.past = new Set(
      this.sections()
        .filter(({ code }) => hasCode(code, 'http://loinc.org', sectionCodes.pastIllness!))
        .flatMap(({ entry }) => list(entry).map((reference) => this.resolve(reference)))
        .filter((resource) => resource !== undefined),
    );
  }

  read(patient: ReadBundle['patient']): ReadBundle {
    for (const given of this.given) this.take(given);
    for (const section of this.sections()) this.takeNarrative(section);
    return {
      source: this.source,
      ...(patient && { patient }),
      findings: this.findings.map((finding) => this.withOriginal(finding)),
      skipped: this.skipped,
    };
  }

  private take({ position, fullUrl, resource }: Given): void {
    const { resourceType } = resource;
    if (ABOUT_OTHERS.includes(resourceType) || isKind(resource, ORIGINAL_KIND)) return;
    const reason = reasonToSkip(resource);
    if (reason) {
      this.skipped.push({ position, resourceType, reason });
      return;
    }
    const resolve: Resolve = (reference) => this.resolve(reference, resource);
    const content = this.checked(meaningOf(resource, { texts: this.texts, resolve, isPast: this.past.has(resource) }), {
      resource,
      resolve,
    });
    const identifiers = identifiersOf(resource);
    const url = fullUrl !== undefined && /^(urn:uuid:|https?:)/.test(fullUrl) ? fullUrl : undefined;
    const said = withoutNarrative(resource);
    const writtenAt = writtenAtOf(resource);
    this.findings.push({
      position,
      resourceType,
      key: `${resourceType}|${identifiers[0] ?? url ?? this.options.digest(JSON.stringify(said))}`,
      names: [...identifiers, ...(url === undefined ? [] : [url])],
      content,
      ...(!isWhollySaid(resource, content) && { original: said }),
      source: this.sourceOfResource(resource, fullUrl),
      ...(writtenAt !== undefined && { writtenAt }),
    });
  }

  /** A part of the summary that only people can read. */
  private takeNarrative(section: Fields): void {
    const said = narrativeText(section.text);
    if (said === undefined || list(section.entry).length > 0 || section.emptyReason !== undefined) return;
    const label = shortened(text(section.title) ?? this.texts.content);
    this.findings.push({
      position: this.given.findIndex(({ resource }) => resource.resourceType === 'Composition'),
      resourceType: 'Composition',
      key: `section|${this.options.digest(`${label}|${said}`)}`,
      names: [],
      content: { kind: 'note', label, note: said },
      source: this.source,
    });
  }

  /** What an entry of the kind could not say (a weight of 900 kg) is a note, in the source's words. */
  private checked(content: EntryContent, from: { resource: Resource; resolve: Resolve }): EntryContent {
    const short = withShortLabel(content);
    try {
      checkContent(short);
      return short;
    } catch {
      return withShortLabel(
        meaningOf(from.resource, { texts: this.texts, resolve: from.resolve, isPast: false, asNote: true }),
      );
    }
  }

  /** A document of ours beside it has the resource that it was imported from once. */
  private withOriginal(finding: Finding): Finding {
    const { resource, fullUrl } = this.given[finding.position]!;
    if (finding.original !== undefined && !isKind(resource, 'note')) return finding;
    const beside = fullUrl === undefined ? undefined : this.originals.get(fullUrl);
    const original = beside && originalIn(beside);
    return original === undefined ? finding : { ...finding, original };
  }

  private follow(resource: Resource): void {
    const isProvenance = resource.resourceType === 'Provenance';
    if (!isProvenance && !isKind(resource, ORIGINAL_KIND)) return;
    const about = isProvenance ? resource.target : fields(resource.context).related;
    for (const { reference } of list(about).map(fields)) {
      if (typeof reference === 'string') (isProvenance ? this.provenances : this.originals).set(reference, resource);
    }
  }

  private sections(): Fields[] {
    const within = (section: Fields): Fields[] => [section, ...list(section.section).map(fields).flatMap(within)];
    return this.compositions.flatMap(({ section }) => list(section).map(fields)).flatMap(within);
  }

  private resolve(reference: unknown, within?: Resource): Resource | undefined {
    const { reference: url } = fields(reference);
    if (typeof url !== 'string') return undefined;
    if (!url.startsWith('#')) return this.byUrl.get(url);
    return list(within?.contained).find((one) => fields(one).id === url.slice(1)) as Resource | undefined;
  }

  private actorName(reference: unknown, within?: Resource): string | undefined {
    const actor = fields(this.resolve(reference, within));
    if (actor.resourceType === 'Patient') return undefined;
    const person = fields(this.resolve(actor.practitioner, within));
    const role = actor.resourceType === 'PractitionerRole' ? nameText(person.name) : undefined;
    const named = typeof actor.name === 'string' ? text(actor.name) : nameText(actor.name);
    return role ?? named ?? text(fields(reference).display);
  }

  private sourceOf(composition: Fields | undefined): string | undefined {
    if (!composition) return undefined;
    const named = [composition.custodian, ...list(composition.author)].map((actor) => this.actorName(actor));
    return named.find((name) => name !== undefined)?.slice(0, MAX_SOURCE);
  }

  private sourceOfResource(resource: Resource, fullUrl: string | undefined): string {
    const provenance = fullUrl === undefined ? undefined : this.provenances.get(fullUrl);
    const actors = [
      ...list(provenance?.agent).map((agent) => fields(agent).who),
      ...['recorder', 'asserter', 'requester', 'informationSource', 'performer', 'author'].flatMap((field) =>
        list(resource[field]),
      ),
    ];
    const author = actors.map((actor) => this.actorName(actor, resource)).find((name) => name !== undefined);
    const names = [author, this.source].filter((name) => name !== undefined);
    return [...new Set(names)].join(', ').slice(0, MAX_SOURCE);
  }
}

const isKind = (resource: Resource, kind: string): boolean =>
  resource.resourceType === 'DocumentReference' &&
  list(resource.category).some((category) => hasCode(category, KIND_SYSTEM, kind));

function reasonToSkip(resource: Resource): Skipped['reason'] | undefined {
  const isError =
    resource.status === 'entered-in-error' ||
    isKind(resource, WITHDRAWN_KIND) ||
    ['allergyintolerance-verification', 'condition-ver-status'].some((system) =>
      hasCode(resource.verificationStatus, terminology(system), 'entered-in-error'),
    );
  if (isError) return 'entered-in-error';
  const said = resource.code ?? resource.medicationCodeableConcept ?? resource.vaccineCode;
  return codeOf(said)?.system === ABSENT_UNKNOWN && /^no-\w+-info$/.test(codeOf(said)!.code)
    ? 'no-information'
    : undefined;
}

const identifiersOf = (resource: Resource): string[] =>
  [...list(resource.identifier), resource.groupIdentifier]
    .map(fields)
    .filter(({ system, value }) => typeof system === 'string' && typeof value === 'string')
    .slice(0, MAX_IDENTIFIERS)
    .map(({ system, value }) => `${system as string}|${value as string}`);

const writtenAtOf = (resource: Resource): string | undefined =>
  ['recordedDate', 'authoredOn', 'dateAsserted', 'recorded', 'issued', 'date']
    .map((field) => when(resource[field]))
    .find((date) => date !== undefined);

/** Of what is kept, nothing is mark-up. */
const withoutNarrative = ({ text: _, ...said }: Resource): object => said;

const shortened = (label: string): string => {
  const line = label.replace(/\s+/g, ' ');
  return line.length > MAX_LABEL ? `${line.slice(0, MAX_LABEL - 1)}…` : line;
};

/** A label is a line: what is longer stands in the note as well. */
function withShortLabel(content: EntryContent): EntryContent {
  const label = shortened(content.label);
  if (label === content.label) return content;
  return { ...content, label, note: [content.label, content.note].filter(Boolean).join('\n') };
}
