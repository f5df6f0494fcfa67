import type { EntryContent, EntryState, Provenance } from '../entry.js';
import { base64, concept, FHIR_JSON, KIND_SYSTEM, ORIGINAL_KIND, type Resource, WITHDRAWN_KIND } from './fhir.js';
import { commonOf, type Of, status, writtenAtTime, type Writing, type Written } from './writing.js';

const plainText = (text: string, title: string, { language }: Writing) => ({
  attachment: { contentType: 'text/plain;charset=utf-8', language, data: base64(text), title },
});

function documentReference(
  entry: EntryState,
  uuid: string,
  writing: Writing,
  kind: string,
  content: readonly object[],
): Resource {
  return {
    resourceType: 'DocumentReference',
    ...commonOf(uuid, writing),
    status: entry.withdrawn ? 'entered-in-error' : 'current',
    type: { text: writing.texts.kinds[entry.content.kind] },
    category: [concept(undefined, { system: KIND_SYSTEM, code: kind })],
    subject: writing.patient,
    date: writtenAtTime(entry),
    author: [writing.authorOf(entry)],
    description: entry.content.label,
    content,
    ...(entry.content.code && { context: { event: [concept(undefined, entry.content.code)] } }),
  };
}

/** The text of it first, then what was remarked on it. */
export function textDocument(entry: Of<'note' | 'certificate'>, uuid: string, writing: Writing): Resource {
  const { content } = entry;
  const texts = [
    ...(content.kind === 'certificate' ? [plainText(content.text, writing.texts.text, writing)] : []),
    ...(content.note === undefined ? [] : [plainText(content.note, writing.texts.note, writing)]),
  ];
  // A document has content: a note that is its label alone says it once more.
  const whole = texts.length > 0 ? texts : [plainText(content.label, writing.texts.text, writing)];
  return documentReference(entry, uuid, writing, content.kind, whole);
}

export function fileDocument(entry: Of<'document'>, uuid: string, writing: Writing): Resource {
  const { label, file, note } = entry.content;
  return documentReference(entry, uuid, writing, 'document', [
    {
      attachment: {
        contentType: file.mediaType,
        url: writing.documentUrl(entry.id),
        size: file.bytes,
        title: label,
      },
    },
    ...(note === undefined ? [] : [plainText(note, writing.texts.note, writing)]),
  ]);
}

/** Nobody is to take it for a fact of the patient's: it is text, marked as an error. */
export function withdrawnResource(entry: EntryState, uuid: string, text: string, writing: Writing): Written {
  const content = [plainText(text, writing.texts.sections.withdrawn, writing)];
  return { uuid, resource: documentReference(entry, uuid, writing, WITHDRAWN_KIND, content) };
}

/** The resource that an entry was imported from, where it says more than the entry. */
export function originalResource(entry: EntryState, original: unknown, of: string, writing: Writing): Written {
  const uuid = writing.uuid(`${entry.id}|original`);
  const attachment = { contentType: FHIR_JSON, data: base64(JSON.stringify(original)), title: entry.content.label };
  const { code, ...content } = entry.content;
  const resource = documentReference({ ...entry, content: content as EntryContent }, uuid, writing, ORIGINAL_KIND, [
    { attachment },
  ]);
  return { uuid, resource: { ...resource, context: { related: [{ reference: `urn:uuid:${of}` }] } } };
}

/** By whom it was brought, and whose word it is. */
export function provenanceResource(
  entry: EntryState,
  { source, importedAt }: Provenance,
  of: readonly string[],
  writing: Writing,
): Written {
  const uuid = writing.uuid(`${entry.id}|provenance`);
  return {
    uuid,
    resource: {
      resourceType: 'Provenance',
      id: uuid,
      target: of.map((target) => ({ reference: `urn:uuid:${target}` })),
      recorded: importedAt.toISOString(),
      agent: [
        { type: status('provenance-participant-type', 'author'), who: { display: source } },
        { type: status('provenance-participant-type', 'enterer'), who: writing.patient },
      ],
    },
  };
}
