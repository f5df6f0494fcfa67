import type { Severity } from '../entry.js';
import { terminology } from './fhir.js';
import { codeOf, conceptText, conceptTexts, dayOf, fields, hasCode, list, text, valueText } from './json.js';
import { coded, saysNone, remarks, type Meaning } from './meaning.js';

const severityOf = (reactions: readonly unknown[]): Severity | undefined => {
  const said = reactions.map((reaction) => fields(reaction).severity);
  return (['severe', 'moderate', 'mild'] as const).find((severity) => said.includes(severity));
};

export const allergy: Meaning = (resource, { texts }) => {
  const label = conceptText(resource.code);
  const isDenied = hasCode(resource.verificationStatus, terminology('allergyintolerance-verification'), 'refuted');
  if (label === undefined || isDenied || saysNone(resource.code)) return undefined;
  const reactions = list(resource.reaction);
  const severity = severityOf(reactions);
  const shown = reactions.flatMap((reaction) => [
    ...conceptTexts(fields(reaction).manifestation),
    ...[text(fields(reaction).description)].filter((said) => said !== undefined),
  ]);
  return {
    kind: 'allergy',
    label,
    ...coded(resource.code),
    ...(severity && { severity }),
    ...remarks(resource, [
      [texts.reaction, shown.join(', ') || undefined],
      [texts.criticality, text(resource.criticality)],
      [texts.onset, valueText(resource, 'onset')],
      [texts.status, statusOther(resource.clinicalStatus, 'active')],
    ]),
  };
};

const statusOther = (status: unknown, usual: string): string | undefined =>
  codeOf(status)?.code === usual ? undefined : conceptText(status);

export const condition: Meaning = (resource, { texts, isPast }) => {
  const label = conceptText(resource.code);
  const isDenied = hasCode(resource.verificationStatus, terminology('condition-ver-status'), 'refuted');
  if (label === undefined || isDenied || saysNone(resource.code)) return undefined;
  const onset = dayOf(resource.onsetDateTime) ?? dayOf(fields(resource.onsetPeriod).start);
  const clinical = codeOf(resource.clinicalStatus)?.code ?? '';
  const end = valueText(resource, 'abatement');
  return {
    kind: isPast || ['inactive', 'remission', 'resolved'].includes(clinical) || end ? 'antecedent' : 'condition',
    label,
    ...coded(resource.code),
    ...(onset !== undefined && { onset }),
    ...remarks(resource, [
      [texts.severity, conceptText(resource.severity)],
      [texts.onset, onset === undefined ? valueText(resource, 'onset') : undefined],
      [texts.end, end],
      [texts.status, ['active', 'inactive', ''].includes(clinical) ? undefined : clinical],
    ]),
  };
};

export const immunization: Meaning = (resource, { texts }) => {
  const label = conceptText(resource.vaccineCode);
  if (label === undefined || resource.status !== 'completed' || saysNone(resource.vaccineCode)) return undefined;
  const at = dayOf(resource.occurrenceDateTime);
  const said = text(resource.occurrenceString);
  const numbers = list(resource.protocolApplied).map((protocol) => valueText(fields(protocol), 'doseNumber'));
  return {
    kind: 'immunization',
    label,
    ...coded(resource.vaccineCode),
    ...(at !== undefined && { at }),
    ...remarks(resource, [
      [texts.date, at === undefined && said !== '—' ? said : undefined],
      [texts.doseNumber, numbers.filter(Boolean).join(', ') || undefined],
      [texts.lot, text(resource.lotNumber)],
    ]),
  };
};
