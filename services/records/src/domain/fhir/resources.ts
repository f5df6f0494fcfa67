import type { EntryState } from '../entry.js';
import { definitions, pressures, systems } from '../vitals.js';
import { absentReason, concept, dateTime, identifierOf, type Resource } from './fhir.js';
import {
  codeOf,
  commonOf,
  noteOf,
  type Of,
  status,
  writtenAt,
  writtenAtTime,
  type Writing,
  type Written,
} from './writing.js';
import { fileDocument, textDocument } from './documents.js';

function allergy(entry: Of<'allergy'>, uuid: string, writing: Writing): Resource {
  const { content } = entry;
  return {
    resourceType: 'AllergyIntolerance',
    ...commonOf(uuid, writing),
    clinicalStatus: status('allergyintolerance-clinical', 'active'),
    verificationStatus: status('allergyintolerance-verification', 'confirmed'),
    code: codeOf(content),
    patient: writing.patient,
    recordedDate: writtenAt(entry),
    recorder: writing.authorOf(entry),
    ...noteOf(content),
    // How it shows itself is said nowhere but in the label or the note.
    ...(content.severity && { reaction: [{ manifestation: [absentReason()], severity: content.severity }] }),
  };
}

function condition(entry: Of<'condition' | 'antecedent'>, uuid: string, writing: Writing): Resource {
  const { content } = entry;
  return {
    resourceType: 'Condition',
    ...commonOf(uuid, writing),
    // What is past is not said to be cured.
    clinicalStatus: status('condition-clinical', content.kind === 'condition' ? 'active' : 'inactive'),
    verificationStatus: status('condition-ver-status', 'confirmed'),
    category: [status('condition-category', 'problem-list-item')],
    code: codeOf(content),
    subject: writing.patient,
    ...(content.onset !== undefined && { onsetDateTime: dateTime(content.onset) }),
    recordedDate: writtenAt(entry),
    recorder: writing.authorOf(entry),
    ...noteOf(content),
  };
}

/** Free text both: FHIR's coded doses would have to be guessed. */
const dosageOf = (dose: string | undefined, frequency: string | undefined, days?: number) => {
  const timing = {
    ...(days !== undefined && {
      repeat: { boundsDuration: { value: days, unit: 'd', system: systems.ucum, code: 'd' } },
    }),
    ...(frequency !== undefined && { code: { text: frequency } }),
  };
  const text = [dose, frequency].filter((part) => part !== undefined).join(', ');
  return { ...(text && { text }), ...(Object.keys(timing).length > 0 && { timing }) };
};

function medication(entry: Of<'medication'>, uuid: string, writing: Writing): Resource {
  const { content } = entry;
  const isOver = content.to !== undefined && content.to < writing.now.toISOString().slice(0, content.to.length);
  const dosage = dosageOf(content.dose, content.frequency);
  return {
    resourceType: 'MedicationStatement',
    ...commonOf(uuid, writing),
    status: isOver ? 'completed' : 'active',
    medicationCodeableConcept: codeOf(content),
    subject: writing.patient,
    effectivePeriod:
      content.from === undefined && content.to === undefined
        ? absentReason()
        : {
            ...(content.from !== undefined && { start: dateTime(content.from) }),
            ...(content.to !== undefined && { end: dateTime(content.to) }),
          },
    dateAsserted: writtenAt(entry),
    informationSource: writing.authorOf(entry),
    ...noteOf(content),
    ...(Object.keys(dosage).length > 0 && { dosage: [dosage] }),
  };
}

/** One for each medicine, held together by the prescription's own identifier, which carries its label. */
function prescription(entry: Of<'prescription'>, uuid: string, writing: Writing): Written[] {
  const { content, recordedAt } = entry;
  return content.items.map((item, index) => {
    const itemUuid = writing.uuid(`${entry.id}|${index}`);
    const until = new Date(recordedAt.getTime() + item.days * 86_400_000);
    return {
      uuid: itemUuid,
      resource: {
        resourceType: 'MedicationRequest',
        ...commonOf(itemUuid, writing),
        status: until < writing.now ? 'completed' : 'active',
        intent: 'order',
        medicationCodeableConcept: concept(item.label, item.code),
        subject: writing.patient,
        authoredOn: recordedAt.toISOString(),
        requester: writing.authorOf(entry),
        groupIdentifier: { type: codeOf(content), ...identifierOf(`urn:uuid:${uuid}`) },
        ...noteOf(content),
        dosageInstruction: [dosageOf(item.dose, item.frequency, item.days)],
      },
    };
  });
}

function immunization(entry: Of<'immunization'>, uuid: string, writing: Writing): Resource {
  const { content } = entry;
  return {
    resourceType: 'Immunization',
    ...commonOf(uuid, writing),
    status: 'completed',
    vaccineCode: codeOf(content),
    patient: writing.patient,
    ...(content.at === undefined
      ? { occurrenceString: '—', _occurrenceString: absentReason() }
      : { occurrenceDateTime: dateTime(content.at) }),
    recorded: writtenAt(entry),
    ...noteOf(content),
  };
}

/** LOINC of glucose by mass; `definitions` has the one by substance. */
export const GLUCOSE_BY_MASS = '2339-0';

const quantity = (value: number, unit: string) => ({ value, unit, system: systems.ucum, code: unit });

function vital(entry: Of<'vital'>, uuid: string, writing: Writing): Resource {
  const { content } = entry;
  const { measure } = content;
  const byMass = measure === 'glucose' && content.unit !== 'mmol/L';
  const loinc = byMass ? GLUCOSE_BY_MASS : definitions[measure].code;
  // FHIR's profile of body height has centimetres and inches only.
  const inCentimetres = measure === 'height' && content.unit === 'm';
  const unit = inCentimetres ? 'cm' : content.unit;
  const amount = inCentimetres ? Math.round(content.value! * 10_000) / 100 : content.value!;
  const part = (code: string, value: number) => ({
    code: concept(undefined, { system: systems.loinc, code }),
    valueQuantity: quantity(value, unit),
  });
  return {
    resourceType: 'Observation',
    ...commonOf(uuid, writing),
    status: 'final',
    category: [status('observation-category', 'vital-signs')],
    code: concept(
      content.label,
      { system: systems.loinc, code: loinc },
      content.code?.code === loinc ? undefined : content.code,
    ),
    subject: writing.patient,
    effectiveDateTime: dateTime(content.at),
    issued: writtenAtTime(entry),
    performer: [writing.authorOf(entry)],
    ...noteOf(content),
    ...(measure === 'blood-pressure'
      ? {
          component: [
            part(pressures.systolic.code, content.systolic!),
            part(pressures.diastolic.code, content.diastolic!),
          ],
        }
      : { valueQuantity: quantity(amount, unit) }),
  };
}

/** What an entry that stands becomes: one resource, or one for each medicine of a prescription. */
export function resourcesOf(entry: EntryState, writing: Writing): Written[] {
  const uuid = writing.uuid(entry.id);
  const one = (resource: Resource) => [{ uuid, resource }];
  switch (entry.content.kind) {
    case 'allergy':
      return one(allergy(entry as Of<'allergy'>, uuid, writing));
    case 'condition':
    case 'antecedent':
      return one(condition(entry as Of<'condition'>, uuid, writing));
    case 'medication':
      return one(medication(entry as Of<'medication'>, uuid, writing));
    case 'immunization':
      return one(immunization(entry as Of<'immunization'>, uuid, writing));
    case 'vital':
      return one(vital(entry as Of<'vital'>, uuid, writing));
    case 'note':
    case 'certificate':
      return one(textDocument(entry as Of<'note'>, uuid, writing));
    case 'document':
      return one(fileDocument(entry as Of<'document'>, uuid, writing));
    case 'prescription':
      return prescription(entry as Of<'prescription'>, uuid, writing);
  }
}
