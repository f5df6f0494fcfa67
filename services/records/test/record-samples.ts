import type { EntryContent, EntryState } from '../src/domain/entry.js';
import type { SummaryInput } from '../src/domain/fhir/summary.js';

/** Three records as the exporter gets them: with everything there is, with nothing, and in Arabic. */
export type SampleName = 'full' | 'minimal' | 'arabic';
/** What depends on the caller: how identifiers are made. */
export type Sample = Omit<SummaryInput, 'uuid' | 'documentUrl'>;

const PATIENT = '01935a6e-0000-7000-8000-000000000001';
const DOCTOR = '01935a6e-0000-7000-8000-000000000002';
const now = new Date('2026-12-01T10:00:00Z');

let count = 0;
export function entryOf(content: EntryContent, over: Partial<EntryState> = {}): EntryState {
  count += 1;
  return {
    id: `01935a6e-0000-7000-8001-${String(count).padStart(12, '0')}`,
    patientId: PATIENT,
    content,
    author: { id: DOCTOR, role: 'doctor' },
    recordedAt: new Date('2026-11-20T09:30:00.250Z'),
    createdAt: new Date('2026-11-20T09:30:00.250Z'),
    version: 1,
    ...over,
  };
}

const atc = (code: string) => ({ system: 'http://www.whocc.no/atc', code });
const icd10 = (code: string) => ({ system: 'http://hl7.org/fhir/sid/icd-10', code });
const at = '2026-11-20T09:00:00Z';
const imported = (original?: unknown) => ({
  author: { id: PATIENT, role: 'patient' as const },
  provenance: {
    source: 'Hôpital Charles-Nicolle',
    importedAt: new Date('2026-11-25T08:00:00Z'),
    ...(original !== undefined && { original }),
  },
});

/** Of every kind, with everything that a kind can say, and with only what it must. */
export const everyEntry = (): EntryState[] => [
  entryOf({
    kind: 'allergy',
    label: 'Pénicilline <script>alert(1)</script> & dérivés',
    code: { system: 'http://snomed.info/sct', code: '91936005' },
    severity: 'severe',
    note: 'Œdème de Quincke en 2015.\nAdrénaline.',
  }),
  entryOf({ kind: 'allergy', label: 'Pollen de cyprès', severity: 'mild' }),
  entryOf({ kind: 'allergy', label: 'Latex' }, imported()),
  entryOf({ kind: 'condition', label: 'Diabète de type 2', code: icd10('E11'), onset: '2019', note: 'Équilibré.' }),
  entryOf({ kind: 'condition', label: 'Hypertension artérielle', onset: '2021-03' }),
  entryOf({ kind: 'antecedent', label: 'Appendicectomie', onset: '1998-07-14' }),
  entryOf({ kind: 'antecedent', label: 'Père : infarctus à 52 ans' }),
  entryOf({
    kind: 'medication',
    label: 'Metformine 850 mg',
    code: atc('A10BA02'),
    dose: '1 comprimé',
    frequency: '2 fois par jour, aux repas',
    from: '2019-05-01',
    note: 'À poursuivre.',
  }),
  entryOf({
    kind: 'medication',
    label: 'Amoxicilline 1 g',
    dose: '1 g',
    frequency: 'matin et soir',
    from: '2024-02-01',
    to: '2024-02-07',
  }),
  entryOf({ kind: 'medication', label: 'Vitamine D' }, imported()),
  entryOf({ kind: 'immunization', label: 'Grippe 2026', code: atc('J07BB02'), at: '2026-10-12', note: 'Bras gauche.' }),
  entryOf({ kind: 'immunization', label: 'BCG' }, imported()),
  entryOf({
    kind: 'vital',
    label: 'Tension',
    measure: 'blood-pressure',
    systolic: 138,
    diastolic: 84,
    unit: 'mm[Hg]',
    at,
  }),
  entryOf({ kind: 'vital', label: 'Poids', measure: 'weight', value: 82.4, unit: 'kg', at, note: 'À jeun.' }),
  entryOf({ kind: 'vital', label: 'Taille', measure: 'height', value: 178, unit: 'cm', at }),
  entryOf({ kind: 'vital', label: 'Glycémie', measure: 'glucose', value: 1.18, unit: 'g/L', at }),
  entryOf({ kind: 'vital', label: 'Glycémie', measure: 'glucose', value: 6.5, unit: 'mmol/L', at }),
  entryOf({ kind: 'vital', label: 'Température', measure: 'temperature', value: 37.2, unit: 'Cel', at }),
  entryOf({ kind: 'vital', label: 'Pouls', measure: 'heart-rate', value: 72, unit: '/min', at }),
  entryOf({ kind: 'vital', label: 'Saturation', measure: 'oxygen-saturation', value: 98, unit: '%', at }),
  entryOf({ kind: 'note', label: 'Consultation du 20 novembre', note: 'Va bien.\nRevoir dans trois mois.' }),
  entryOf({ kind: 'note', label: 'Préfère être appelé le soir', code: icd10('Z71.9') }),
  entryOf(
    { kind: 'note', label: 'Hémoglobine : 13,2 g/dL', note: 'Laboratoire, 3 mars 2026' },
    imported({ resourceType: 'Observation', status: 'final', code: { text: 'Hémoglobine' } }),
  ),
  entryOf({
    kind: 'prescription',
    label: 'Ordonnance du 20 novembre',
    note: 'Boire beaucoup.',
    items: [
      { label: 'Paracétamol 1 g', code: atc('N02BE01'), dose: '1 g', frequency: '3 fois par jour', days: 5 },
      { label: 'Sérum physiologique', dose: '1 dosette', frequency: 'matin et soir', days: 30 },
    ],
  }),
  entryOf({
    kind: 'certificate',
    label: 'Certificat médical',
    text: 'Apte à la pratique du sport.',
    note: 'Pour le club.',
  }),
  entryOf({
    kind: 'document',
    label: 'Radiographie du thorax',
    note: 'Normale.',
    file: { fileId: 'f-1', mediaType: 'application/pdf', bytes: 120_345 },
  }),
  entryOf(
    { kind: 'condition', label: 'Asthme' },
    { version: 2, withdrawn: true, reason: 'Écrit dans le mauvais dossier' },
  ),
];

const people = new Map([
  [PATIENT, { firstName: 'Amina', lastName: 'Ben Salah' }],
  [DOCTOR, { firstName: 'Karim', lastName: 'Trabelsi' }],
]);

export const samples: Readonly<Record<SampleName, () => Sample>> = {
  full: () => ({
    id: '01935a6e-0000-7000-8002-000000000001',
    now,
    language: 'fr',
    timeZone: 'Africa/Tunis',
    custodian: 'Cabinet El Menzah',
    people,
    patient: {
      id: PATIENT,
      firstName: 'Amina',
      lastName: 'Ben Salah',
      birthDate: '1984-05-17',
      gender: 'female',
      bloodGroup: 'O+',
      phone: '+21620123456',
    },
    entries: everyEntry(),
  }),
  minimal: () => ({
    id: '01935a6e-0000-7000-8002-000000000002',
    now,
    language: 'en',
    timeZone: 'Africa/Tunis',
    custodian: 'MedFlow',
    people: new Map(),
    patient: { id: PATIENT, firstName: '', lastName: '' },
    entries: [],
  }),
  arabic: () => ({
    id: '01935a6e-0000-7000-8002-000000000003',
    now,
    language: 'ar',
    timeZone: 'Africa/Tunis',
    custodian: 'عيادة المنزه',
    people: new Map([[DOCTOR, { firstName: 'كريم', lastName: 'الطرابلسي' }]]),
    patient: { id: PATIENT, firstName: 'أمينة', lastName: 'بن صالح', birthDate: '1984-05-17', gender: 'female' },
    entries: [
      entryOf({ kind: 'allergy', label: 'البنسلين', severity: 'severe', note: 'وذمة في الوجه (2015)' }),
      entryOf({ kind: 'condition', label: 'السكري من النوع الثاني', code: icd10('E11'), onset: '2019' }),
      entryOf({
        kind: 'medication',
        label: 'ميتفورمين 850 ملغ',
        code: atc('A10BA02'),
        dose: 'قرص واحد',
        frequency: 'مرتين في اليوم مع الطعام',
        from: '2019-05-01',
      }),
      entryOf({
        kind: 'vital',
        label: 'ضغط الدم',
        measure: 'blood-pressure',
        systolic: 138,
        diastolic: 84,
        unit: 'mm[Hg]',
        at,
      }),
      entryOf({ kind: 'note', label: 'استشارة', note: 'الحالة مستقرة.\nموعد بعد ثلاثة أشهر.' }),
      entryOf({
        kind: 'prescription',
        label: 'وصفة طبية',
        items: [{ label: 'باراسيتامول 1 غ', dose: '1 غ', frequency: 'ثلاث مرات في اليوم', days: 5 }],
      }),
    ],
  }),
};
