import { FHIR_JSON, KIND_SYSTEM, type Resource } from './fhir.js';
import { codingsOf, conceptText, fields, type Fields, list, text } from './json.js';
import { coded, type Meaning } from './meaning.js';
import { isTooNested } from './nesting.js';

export const attachmentsOf = (resource: Resource): Fields[] =>
  list(resource.content).map((content) => fields(fields(content).attachment));

export const isType = ({ contentType }: Fields, type: string): boolean =>
  typeof contentType === 'string' && contentType.toLowerCase().split(';')[0]!.trim() === type;

const decoded = ({ data }: Fields): string | undefined =>
  typeof data === 'string' ? Buffer.from(data, 'base64').toString('utf8') : undefined;

/** The resource in a document of ours that keeps one. */
export function originalIn(resource: Resource): unknown {
  const attachment = attachmentsOf(resource).find((one) => isType(one, FHIR_JSON));
  const json = (attachment && decoded(attachment)) ?? '';
  if (isTooNested(json)) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Text becomes a note; a file is named in one and kept within the original. */
export const document: Meaning = (resource, { texts }) => {
  const attachments = attachmentsOf(resource);
  const label =
    text(resource.description) ??
    attachments.map(({ title }) => text(title)).find(Boolean) ??
    conceptText(resource.type);
  if (label === undefined) return undefined;
  const written = attachments
    .filter((attachment) => isType(attachment, 'text/plain'))
    .map((attachment) => text(decoded(attachment)))
    .filter((said) => said !== undefined && said !== label);
  const files = attachments
    .filter((attachment) => !isType(attachment, 'text/plain'))
    .map(({ title, contentType }) => [text(title), text(contentType)].filter(Boolean).join(', '))
    .filter(Boolean);
  const isOurs = list(resource.category).some((category) => codingsOf(category)[0]?.system === KIND_SYSTEM);
  const note = [
    ...written,
    ...files.map((file) => `${texts.file}: ${file}`),
    ...(isOurs ? [] : [conceptText(resource.type)].filter(Boolean).map((type) => `${texts.type}: ${type}`)),
  ].join('\n');
  return {
    kind: 'note',
    label,
    ...coded(list(fields(resource.context).event)[0]),
    ...(note && { note }),
  };
};
