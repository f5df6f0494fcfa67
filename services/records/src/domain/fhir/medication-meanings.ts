import type { Resource } from './fhir.js';
import { conceptText, dayOf, fields, list, number, quantityText, text } from './json.js';
import { coded, saysNone, remarks, type Resolve, type Meaning } from './meaning.js';

export const medicineOf = (resource: Resource, resolve: Resolve): unknown =>
  resource.medicationCodeableConcept ?? fields(resolve(resource.medicationReference)).code;

/** How much and how often, in words: codes are put into words as far as FHIR's own names go. */
export function dosageOf(dosages: readonly unknown[]): { dose?: string; frequency?: string } {
  const read = dosages.map((dosage) => {
    const { text: said, timing, doseAndRate } = fields(dosage);
    const { repeat, code } = fields(timing);
    const { frequency: times, period, periodUnit } = fields(repeat);
    const amount = list(doseAndRate)
      .map((rate) => quantityText(fields(rate).doseQuantity))
      .find(Boolean);
    const counted =
      number(times) !== undefined && typeof periodUnit === 'string'
        ? `${String(times)} / ${[number(period) ?? 1, periodUnit].join(' ')}`
        : undefined;
    const frequency = conceptText(code) ?? counted;
    const whole = text(said);
    // As our own summaries say it: the text is both.
    if (whole !== undefined && whole === frequency) return { frequency };
    if (whole?.endsWith(`, ${frequency}`)) return { dose: whole.slice(0, -(frequency!.length + 2)), frequency };
    return { dose: whole ?? amount, frequency };
  });
  const joined = (parts: (string | undefined)[]) => [...new Set(parts.filter(Boolean))].join(' ; ');
  const dose = joined(read.map((one) => one.dose));
  const frequency = joined(read.map((one) => one.frequency));
  return { ...(dose && { dose }), ...(frequency && { frequency }) };
}

export const medication: Meaning = (resource, { texts, resolve }) => {
  const medicine = medicineOf(resource, resolve);
  const label = conceptText(medicine);
  if (label === undefined || saysNone(medicine)) return undefined;
  if (['not-taken', 'cancelled'].includes(String(resource.status))) return undefined;
  const { start, end } = fields(resource.effectivePeriod);
  const from = dayOf(start) ?? dayOf(resource.effectiveDateTime);
  const to = dayOf(end);
  return {
    kind: 'medication',
    label,
    ...coded(medicine),
    ...dosageOf(list(resource.dosage)),
    ...(from !== undefined && { from }),
    ...(to !== undefined && (from === undefined || to >= from) && { to }),
    ...remarks(resource, [
      [
        texts.status,
        ['active', 'completed', 'recorded'].includes(String(resource.status)) ? undefined : text(resource.status),
      ],
    ]),
  };
};

const DAY_MS = 86_400_000;

/** Somebody else's prescription is a medicine that is taken: only what was prescribed here is signed here. */
export const request: Meaning = (resource, { texts, resolve }) => {
  const medicine = medicineOf(resource, resolve);
  const label = conceptText(medicine);
  if (label === undefined || saysNone(medicine)) return undefined;
  if (['cancelled', 'draft'].includes(String(resource.status)) || resource.doNotPerform === true) return undefined;
  const dosages = list(resource.dosageInstruction);
  const bounds = dosages.map((dosage) => fields(fields(fields(fields(dosage).timing).repeat).boundsDuration));
  const days = bounds.filter(({ code }) => code === 'd').map(({ value }) => number(value))[0];
  const from = dayOf(resource.authoredOn);
  const to =
    days !== undefined && days > 0 && days < 36_600 && from?.length === 10
      ? new Date(Date.parse(from) + days * DAY_MS).toISOString().slice(0, 10)
      : undefined;
  return {
    kind: 'medication',
    label,
    ...coded(medicine),
    ...dosageOf(dosages),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...remarks(resource, [[texts.prescription, conceptText(fields(resource.groupIdentifier).type)]]),
  };
};
