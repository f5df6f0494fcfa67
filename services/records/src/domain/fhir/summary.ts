import type { EntryState } from '../entry.js';
import { systems } from '../vitals.js';
import { type Description, describeEntry, nameOf, type Named, sectionOf, type Words } from './description.js';
import {
  absentReason,
  ABSENT_UNKNOWN,
  type Bundle,
  type BundleEntry,
  concept,
  identifierOf,
  type Resource,
  terminology,
} from './fhir.js';
import { narrativeOf } from './narrative.js';
import { originalResource, provenanceResource, withdrawnResource } from './documents.js';
import { resourcesOf } from './resources.js';
import type { Writing, Written } from './writing.js';
import {
  PATIENT_SUMMARY,
  type RequiredSection,
  requiredSections,
  sectionCodes,
  type SectionName,
  sectionNames,
} from './sections.js';
import { type SummaryLanguage, summaryTexts } from './summary-texts.js';

export interface SummarisedPatient extends Named {
  readonly id: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate?: string;
  readonly gender?: 'female' | 'male' | 'other';
  /** ABO and Rhesus: `O+`. */
  readonly bloodGroup?: string;
  readonly phone?: string;
}

export interface SummaryInput {
  readonly language: SummaryLanguage;
  /** IANA name. */
  readonly timeZone: string;
  readonly patient: SummarisedPatient;
  /** Who wrote the entries, by id. */
  readonly people: ReadonlyMap<string, Named>;
  /** The latest version of each, in the order in which they are to stand. */
  readonly entries: readonly EntryState[];
  /** The installation, as it calls itself. */
  readonly custodian: string;
  readonly now: Date;
  /** The summary's own id; a UUID. */
  readonly id: string;
  /** A UUID that is the same whenever it is asked for by this name. */
  uuid(name: string): string;
  documentUrl(entryId: string): string;
}

const urn = (uuid: string) => `urn:uuid:${uuid}`;
const entryOf = ({ uuid, resource }: Written): BundleEntry => ({ fullUrl: urn(uuid), resource });

interface Section {
  readonly written: Written[];
  readonly descriptions: Description[];
}

/** The whole record as an International Patient Summary (HL7 IPS 1.1.0, FHIR R4). */
export function patientSummary(input: SummaryInput): Bundle {
  const texts = summaryTexts[input.language];
  const words: Words = { ...input, texts };
  const patientUuid = input.uuid(input.patient.id);
  const custodianUuid = input.uuid('custodian');
  const practitioners = new Map<string, Written>();
  const writing: Writing = {
    ...input,
    texts,
    patient: { reference: urn(patientUuid) },
    authorOf({ author }) {
      if (author.role === 'patient') return this.patient;
      const uuid = input.uuid(author.id);
      practitioners.set(uuid, { uuid, resource: practitioner(uuid, input.people.get(author.id), words) });
      return { reference: urn(uuid) };
    },
  };
  const sections = new Map(sectionNames.map((name) => [name, { written: [], descriptions: [] } as Section]));
  const beside: Written[] = [];
  for (const entry of input.entries) write(entry, writing, words, sections, beside);
  bloodGroup(input, writing, sections.get('results')!);
  for (const name of requiredSections) {
    const { written } = sections.get(name)!;
    if (written.length === 0) written.push(nothingKnown(name, writing));
  }
  const said = [...sections].filter(([, { written }]) => written.length > 0);
  const composition = {
    resourceType: 'Composition',
    id: input.id,
    language: input.language,
    identifier: identifierOf(urn(input.id)),
    status: 'final',
    type: concept(texts.title, PATIENT_SUMMARY),
    subject: writing.patient,
    date: input.now.toISOString(),
    author: [{ reference: urn(custodianUuid) }],
    title: `${texts.title} — ${nameOf(input.patient, texts)}`,
    custodian: { reference: urn(custodianUuid) },
    section: said.map(([name, section]) => sectionResource(name, section, words)),
  };
  const resources: Written[] = [
    { uuid: input.id, resource: composition },
    { uuid: patientUuid, resource: patientResource(patientUuid, input) },
    {
      uuid: custodianUuid,
      resource: { resourceType: 'Organization', id: custodianUuid, name: input.custodian },
    },
    ...practitioners.values(),
    ...said.flatMap(([, { written }]) => written),
    ...beside,
  ];
  return {
    resourceType: 'Bundle',
    language: input.language,
    identifier: identifierOf(urn(input.id)),
    type: 'document',
    timestamp: input.now.toISOString(),
    entry: resources.map(entryOf),
  };
}

function write(
  entry: EntryState,
  writing: Writing,
  words: Words,
  sections: ReadonlyMap<SectionName, Section>,
  beside: Written[],
): void {
  const description = describeEntry(entry, words);
  const { written, descriptions } = sections.get(sectionOf(entry))!;
  descriptions.push(description);
  const own = entry.withdrawn
    ? [withdrawnResource(entry, writing.uuid(entry.id), textOf(description), writing)]
    : resourcesOf(entry, writing);
  written.push(...own);
  if (!entry.provenance) return;
  beside.push(
    provenanceResource(
      entry,
      entry.provenance,
      own.map(({ uuid }) => uuid),
      writing,
    ),
  );
  if (entry.provenance.original === undefined || entry.withdrawn) return;
  const originals = sections.get('originals')!;
  originals.written.push(originalResource(entry, entry.provenance.original, own[0]!.uuid, writing));
  originals.descriptions.push({ heading: entry.content.label, facts: [] });
}

const textOf = ({ heading, facts }: Description): string =>
  [heading, ...facts.map(([label, value]) => `${label}: ${value}`)].join('\n');

function sectionResource(name: SectionName, { written, descriptions }: Section, words: Words) {
  const title = words.texts.sections[name];
  const loinc = sectionCodes[name];
  const text = descriptions.length > 0 ? descriptions : words.texts.nothing[name as RequiredSection];
  return {
    title,
    code: concept(title, loinc === undefined ? undefined : { system: systems.loinc, code: loinc }),
    text: narrativeOf(text, words.language),
    entry: written.map(({ uuid }) => ({ reference: urn(uuid) })),
  };
}

function patientResource(uuid: string, { patient, language }: SummaryInput): Resource {
  const { firstName, lastName } = patient;
  const name = {
    ...(lastName && { family: lastName }),
    ...(firstName && { given: [firstName] }),
    text: `${firstName} ${lastName}`.trim() || summaryTexts[language].unknownName,
  };
  return {
    resourceType: 'Patient',
    id: uuid,
    language,
    identifier: [identifierOf(urn(uuid))],
    name: [name],
    ...(patient.phone && { telecom: [{ system: 'phone', value: patient.phone }] }),
    gender: patient.gender ?? 'unknown',
    ...(patient.birthDate ? { birthDate: patient.birthDate } : { _birthDate: absentReason() }),
    communication: [{ language: concept(undefined, { system: 'urn:ietf:bcp:47', code: language }), preferred: true }],
  };
}

function practitioner(uuid: string, person: Named | undefined, { texts }: Words): Resource {
  const name = {
    ...(person?.lastName && { family: person.lastName }),
    ...(person?.firstName && { given: [person.firstName] }),
    text: nameOf(person, texts),
  };
  return { resourceType: 'Practitioner', id: uuid, name: [name] };
}

/** LOINC: ABO and Rh group in blood. */
export const BLOOD_GROUP = '882-1';

/** As the patient's profile has it: nobody has measured it here, and when is not known. */
function bloodGroup({ patient, now }: SummaryInput, writing: Writing, section: Section): void {
  if (!patient.bloodGroup) return;
  const uuid = writing.uuid(`${patient.id}|blood-group`);
  section.written.push({
    uuid,
    resource: {
      resourceType: 'Observation',
      id: uuid,
      identifier: [identifierOf(urn(uuid))],
      status: 'final',
      category: [concept(undefined, { system: terminology('observation-category'), code: 'laboratory' })],
      code: concept(writing.texts.bloodGroup, { system: systems.loinc, code: BLOOD_GROUP }),
      subject: writing.patient,
      _effectiveDateTime: absentReason(),
      issued: now.toISOString(),
      performer: [writing.patient],
      valueCodeableConcept: { text: patient.bloodGroup },
    },
  });
  section.descriptions.push({
    heading: writing.texts.bloodGroup,
    facts: [[writing.texts.bloodGroup, patient.bloodGroup]],
  });
}

/** Nothing is written down, which is not to say that there is nothing. */
function nothingKnown(section: RequiredSection, { uuid: uuidOf, patient, texts, language }: Writing): Written {
  const uuid = uuidOf(`nothing-known|${section}|${patient.reference}`);
  const code = (name: string) => concept(texts.nothing[section], { system: ABSENT_UNKNOWN, code: name });
  const clinical = (system: string) => concept(undefined, { system: terminology(system), code: 'active' });
  const resources: Record<RequiredSection, Resource> = {
    allergies: {
      resourceType: 'AllergyIntolerance',
      clinicalStatus: clinical('allergyintolerance-clinical'),
      code: code('no-allergy-info'),
      patient,
    },
    medications: {
      resourceType: 'MedicationStatement',
      status: 'unknown',
      medicationCodeableConcept: code('no-medication-info'),
      subject: patient,
      effectivePeriod: absentReason(),
    },
    problems: {
      resourceType: 'Condition',
      clinicalStatus: clinical('condition-clinical'),
      code: code('no-problem-info'),
      subject: patient,
    },
  };
  return { uuid, resource: { ...resources[section], id: uuid, language } };
}
