import { isDay, ValidationFailed } from '@medflow/service-kit';
import type { DetailsByKind, EntryContent, EntryKind } from '../../domain/entry.js';
import type { EntryBody } from './records.dto.js';

type WrittenKind = Exclude<EntryKind, 'document'>;
type Field = keyof EntryBody;

/** What each kind says beside label, code and note, and whether it must. */
const fields: Readonly<Record<WrittenKind, Partial<Record<Field, 'required' | 'optional'>>>> = {
  allergy: { severity: 'required' },
  condition: { onset: 'optional' },
  antecedent: { onset: 'optional' },
  medication: { dose: 'required', frequency: 'required', from: 'required', to: 'optional' },
  immunization: { at: 'required' },
  vital: {
    measure: 'required',
    value: 'optional',
    systolic: 'optional',
    diastolic: 'optional',
    unit: 'required',
    at: 'required',
  },
  note: {},
  prescription: { items: 'required' },
  certificate: { text: 'required' },
};

const common: readonly Field[] = ['kind', 'label', 'code', 'note'];
const details = [...new Set(Object.values(fields).flatMap((of) => Object.keys(of)))] as Field[];

const isMissing = (value: unknown) => value === undefined || (Array.isArray(value) && value.length === 0);

/**
 * The content that a body of that kind stands for.
 * @throws ValidationFailed naming each field that the kind asks for and that is missing, or that another kind has
 */
export function contentOf(body: EntryBody): EntryContent {
  const ofKind = fields[body.kind as WrittenKind];
  const faults = [
    ...details.filter((name) => ofKind[name] === 'required' && isMissing(body[name])).map(missing),
    ...details
      .filter((name) => !ofKind[name] && !common.includes(name) && body[name] !== undefined)
      .map((field) => ({ field, code: 'not-of-this-kind' })),
    // An immunization is known by its day, a measurement by its moment.
    ...(body.kind === 'immunization' && body.at !== undefined && !isDay(body.at)
      ? [{ field: 'at', code: 'invalid-date' }]
      : []),
    ...(body.kind === 'vital' && body.at !== undefined && isDay(body.at)
      ? [{ field: 'at', code: 'invalid-instant' }]
      : []),
  ];
  if (faults.length > 0) throw new ValidationFailed(faults);
  const { kind, label, code, note } = body;
  const given = Object.fromEntries(
    details.filter((name) => ofKind[name] && body[name] !== undefined).map((name) => [name, body[name]]),
  ) as unknown as DetailsByKind[typeof kind];
  return { kind, label, ...(code && { code: plain(code) }), ...(note && { note }), ...given } as EntryContent;
}

const missing = (field: Field) => ({ field, code: 'required' });

const plain = ({ system, code }: { system: string; code: string }) => ({ system, code });
