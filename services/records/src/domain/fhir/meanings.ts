import type { EntryContent } from '../entry.js';
import type { Resource } from './fhir.js';
import { codeOf, conceptText, conceptTexts, fields, list, narrativeText, text, valueText, when } from './json.js';
import { coded, remarks, type Context, type Meaning } from './meaning.js';
import { allergy, condition, immunization } from './clinical-meanings.js';
import { document } from './document-meanings.js';
import { dosageOf, medication, medicineOf, request } from './medication-meanings.js';
import { vital } from './vital-meanings.js';

/** Anything at all, as far as it can be read. */
const anything = (resource: Resource, { texts, resolve }: Context): EntryContent => {
  const concepts = [
    resource.code,
    resource.vaccineCode,
    medicineOf(resource, resolve),
    fields(resolve(resource.device)).type,
    resource.type,
  ];
  const relationship = conceptText(resource.relationship);
  const named = [
    ...concepts.map(conceptText),
    ...[resource.title, resource.description, resource.name].map(text),
    ...conceptTexts(resource.category),
  ].find((said) => said !== undefined);
  const label = [relationship, named ?? resource.resourceType].filter(Boolean).join(' : ');
  const value = valueText(resource, 'value');
  const parts = list(resource.component).map((part) => {
    const component = fields(part);
    return `${conceptText(component.code) ?? '—'} ${valueText(component, 'value') ?? ''}`.trim();
  });
  const conditions = list(resource.condition).map((one) => conceptText(fields(one).code));
  const date = ['effective', 'performed', 'occurrence', 'onset']
    .map((field) => valueText(resource, field))
    .find((said) => said !== undefined);
  return {
    kind: 'note',
    label,
    ...coded(concepts.find((concept) => codeOf(concept))),
    ...remarks(resource, [
      [texts.type, resource.resourceType],
      [texts.value, [value, ...parts, ...conditions].filter(Boolean).join(', ') || undefined],
      [texts.date, date ?? when(resource.date) ?? when(resource.authoredOn)],
      [
        texts.dose,
        Object.values(dosageOf(list(resource.dosage ?? resource.dosageInstruction))).join(', ') || undefined,
      ],
      [
        texts.status,
        [text(resource.status), conceptText(resource.clinicalStatus), conceptText(resource.verificationStatus)]
          .filter(Boolean)
          .join(', ') || undefined,
      ],
      // A generated narrative says again what its data said.
      [texts.content, value !== undefined || parts.length > 0 ? undefined : narrativeText(resource.text)],
    ]),
  };
};

const meanings: Readonly<Record<string, Meaning>> = {
  AllergyIntolerance: allergy,
  Condition: condition,
  MedicationStatement: medication,
  MedicationRequest: request,
  Immunization: immunization,
  Observation: vital,
  DocumentReference: document,
};

/** The entry that a resource would be. */
export function meaningOf(resource: Resource, context: Context): EntryContent {
  const meaning = Object.hasOwn(meanings, resource.resourceType) ? meanings[resource.resourceType] : undefined;
  return (!context.asNote && meaning?.(resource, context)) || anything(resource, context);
}
