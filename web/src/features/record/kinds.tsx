import {
  IconAlertTriangle,
  IconCertificate,
  IconFileText,
  IconHeartbeat,
  IconHistory,
  IconNotes,
  IconPill,
  IconPrescription,
  IconStethoscope,
  IconVaccine,
  type TablerIcon,
} from '@tabler/icons-react';
import type { Entry } from './calls';

export type Kind = Entry['kind'];
export type WrittenKind = Exclude<Kind, 'document'>;

/** In the order in which they are offered. */
export const writtenKinds: readonly WrittenKind[] = [
  'note',
  'prescription',
  'vital',
  'allergy',
  'condition',
  'medication',
  'immunization',
  'antecedent',
  'certificate',
];

/** In the order in which a reader looks for them. */
export const kinds: readonly Kind[] = [
  'allergy',
  'condition',
  'medication',
  'vital',
  'immunization',
  'prescription',
  'note',
  'certificate',
  'antecedent',
  'document',
];

export const icons: Readonly<Record<Kind, TablerIcon>> = {
  allergy: IconAlertTriangle,
  condition: IconStethoscope,
  antecedent: IconHistory,
  medication: IconPill,
  immunization: IconVaccine,
  vital: IconHeartbeat,
  note: IconNotes,
  prescription: IconPrescription,
  certificate: IconCertificate,
  document: IconFileText,
};

export const isKind = (value: string | null): value is Kind => kinds.some((kind) => kind === value);
export const isWrittenKind = (value: string | null): value is WrittenKind =>
  writtenKinds.some((kind) => kind === value);
