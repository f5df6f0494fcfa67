import type { ContentOf, EntryContent, EntryState } from '../entry.js';
import { concept, dateTime, identifierOf, type Reference, type Resource, terminology } from './fhir.js';
import type { SummaryTexts } from './summary-texts.js';

export interface Writing {
  readonly now: Date;
  readonly language: string;
  readonly texts: SummaryTexts;
  readonly patient: Reference;
  /** Of who wrote the entry. */
  authorOf(entry: EntryState): Reference;
  /** A UUID that is the same whenever it is asked for by this name. */
  uuid(name: string): string;
  /** Where the file of a document is to be fetched by its patient. */
  documentUrl(entryId: string): string;
}

/** A resource of the summary, under the UUID that others find it by. */
export interface Written {
  readonly uuid: string;
  readonly resource: Resource;
}

export type Of<Kind extends EntryContent['kind']> = EntryState & { content: ContentOf<Kind> };

/** What was imported is as old as its source says. */
export const writtenAt = ({ provenance, recordedAt }: Pick<EntryState, 'provenance' | 'recordedAt'>): string =>
  provenance?.writtenAt === undefined ? recordedAt.toISOString() : dateTime(provenance.writtenAt);
/** The same where FHIR wants the time as well. */
export const writtenAtTime = (entry: EntryState): string => new Date(writtenAt(entry)).toISOString();

export const status = (system: string, code: string) => concept(undefined, { system: terminology(system), code });
export const noteOf = ({ note }: EntryContent) => note !== undefined && { note: [{ text: note }] };
export const codeOf = ({ label, code }: EntryContent) => concept(label, code);
export const commonOf = (uuid: string, { language }: Writing) => ({
  id: uuid,
  language,
  identifier: [identifierOf(`urn:uuid:${uuid}`)],
});
