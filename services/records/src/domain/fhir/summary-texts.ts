import type { EntryKind, Severity } from '../entry.js';
import type { Measure } from '../vitals.js';
import type { RequiredSection, SectionName } from './sections.js';

export type SummaryLanguage = 'fr' | 'en' | 'ar';

export interface SummaryTexts {
  title: string;
  sections: Record<SectionName, string>;
  /** Nothing is written down: it is not said that there is nothing. */
  nothing: Record<RequiredSection, string>;
  kinds: Record<EntryKind, string>;
  severities: Record<Severity, string>;
  measures: Record<Measure, string>;
  systolic: string;
  diastolic: string;
  severity: string;
  onset: string;
  dose: string;
  frequency: string;
  from: string;
  to: string;
  at: string;
  days: (count: number) => string;
  code: string;
  file: string;
  note: string;
  text: string;
  author: string;
  source: string;
  recordedAt: string;
  reason: string;
  bloodGroup: string;
  unknownName: string;
  patient: string;
  birthDate: string;
  gender: string;
  genders: Record<'female' | 'male' | 'other', string>;
  unknown: string;
  phone: string;
  createdAt: string;
  footer: string;
}

export const summaryTexts: Readonly<Record<SummaryLanguage, SummaryTexts>> = {
  fr: {
    title: 'Résumé du dossier médical',
    sections: {
      allergies: 'Allergies et intolérances',
      medications: 'Médicaments',
      problems: 'Problèmes de santé',
      immunizations: 'Vaccinations',
      vitals: 'Constantes',
      results: 'Résultats',
      pastIllness: 'Antécédents',
      notes: 'Notes',
      certificates: 'Certificats',
      documents: 'Documents',
      withdrawn: 'Entrées retirées',
      originals: 'Originaux importés',
    },
    nothing: {
      allergies: 'Aucune information sur les allergies.',
      medications: 'Aucune information sur les médicaments.',
      problems: 'Aucune information sur les problèmes de santé.',
    },
    kinds: {
      allergy: 'Allergie',
      condition: 'Problème de santé',
      antecedent: 'Antécédent',
      medication: 'Médicament',
      immunization: 'Vaccination',
      vital: 'Constante',
      note: 'Note',
      prescription: 'Ordonnance',
      certificate: 'Certificat',
      document: 'Document',
    },
    severities: { mild: 'légère', moderate: 'modérée', severe: 'sévère' },
    measures: {
      'blood-pressure': 'Tension artérielle',
      weight: 'Poids',
      height: 'Taille',
      glucose: 'Glycémie',
      temperature: 'Température',
      'heart-rate': 'Fréquence cardiaque',
      'oxygen-saturation': 'Saturation en oxygène',
    },
    systolic: 'Systolique',
    diastolic: 'Diastolique',
    severity: 'Gravité',
    onset: 'Début',
    dose: 'Dose',
    frequency: 'Fréquence',
    from: 'Depuis',
    to: 'Jusqu’au',
    at: 'Date',
    days: (count) => (count === 1 ? '1 jour' : `${count} jours`),
    code: 'Code',
    file: 'Fichier',
    note: 'Remarque',
    text: 'Texte',
    author: 'Par',
    source: 'Importé de',
    recordedAt: 'Inscrit le',
    reason: 'Motif',
    bloodGroup: 'Groupe sanguin',
    unknownName: 'Nom inconnu',
    patient: 'Patient',
    birthDate: 'Date de naissance',
    gender: 'Sexe',
    genders: { female: 'féminin', male: 'masculin', other: 'autre' },
    unknown: 'non renseigné',
    phone: 'Téléphone',
    createdAt: 'Établi le',
    footer: 'Données de santé : à ne remettre qu’aux personnes de confiance.',
  },
  en: {
    title: 'Summary of the medical record',
    sections: {
      allergies: 'Allergies and intolerances',
      medications: 'Medications',
      problems: 'Health problems',
      immunizations: 'Immunisations',
      vitals: 'Vital signs',
      results: 'Results',
      pastIllness: 'Past medical history',
      notes: 'Notes',
      certificates: 'Certificates',
      documents: 'Documents',
      withdrawn: 'Withdrawn entries',
      originals: 'Imported originals',
    },
    nothing: {
      allergies: 'No information about allergies.',
      medications: 'No information about medications.',
      problems: 'No information about health problems.',
    },
    kinds: {
      allergy: 'Allergy',
      condition: 'Health problem',
      antecedent: 'Past medical history',
      medication: 'Medication',
      immunization: 'Immunisation',
      vital: 'Vital sign',
      note: 'Note',
      prescription: 'Prescription',
      certificate: 'Certificate',
      document: 'Document',
    },
    severities: { mild: 'mild', moderate: 'moderate', severe: 'severe' },
    measures: {
      'blood-pressure': 'Blood pressure',
      weight: 'Weight',
      height: 'Height',
      glucose: 'Glucose',
      temperature: 'Temperature',
      'heart-rate': 'Heart rate',
      'oxygen-saturation': 'Oxygen saturation',
    },
    systolic: 'Systolic',
    diastolic: 'Diastolic',
    severity: 'Severity',
    onset: 'Onset',
    dose: 'Dose',
    frequency: 'Frequency',
    from: 'From',
    to: 'Until',
    at: 'Date',
    days: (count) => (count === 1 ? '1 day' : `${count} days`),
    code: 'Code',
    file: 'File',
    note: 'Remark',
    text: 'Text',
    author: 'By',
    source: 'Imported from',
    recordedAt: 'Recorded on',
    reason: 'Reason',
    bloodGroup: 'Blood group',
    unknownName: 'Name unknown',
    patient: 'Patient',
    birthDate: 'Date of birth',
    gender: 'Sex',
    genders: { female: 'female', male: 'male', other: 'other' },
    unknown: 'not given',
    phone: 'Telephone',
    createdAt: 'Made on',
    footer: 'Health data: hand them only to people you trust.',
  },
  ar: {
    title: 'ملخص السجل الطبي',
    sections: {
      allergies: 'الحساسية وعدم التحمل',
      medications: 'الأدوية',
      problems: 'المشاكل الصحية',
      immunizations: 'التطعيمات',
      vitals: 'العلامات الحيوية',
      results: 'النتائج',
      pastIllness: 'السوابق المرضية',
      notes: 'ملاحظات',
      certificates: 'شهادات',
      documents: 'وثائق',
      withdrawn: 'مدخلات مسحوبة',
      originals: 'الأصول المستوردة',
    },
    nothing: {
      allergies: 'لا توجد معلومات عن الحساسية.',
      medications: 'لا توجد معلومات عن الأدوية.',
      problems: 'لا توجد معلومات عن المشاكل الصحية.',
    },
    kinds: {
      allergy: 'حساسية',
      condition: 'مشكلة صحية',
      antecedent: 'سابقة مرضية',
      medication: 'دواء',
      immunization: 'تطعيم',
      vital: 'علامة حيوية',
      note: 'ملاحظة',
      prescription: 'وصفة طبية',
      certificate: 'شهادة',
      document: 'وثيقة',
    },
    severities: { mild: 'خفيفة', moderate: 'متوسطة', severe: 'شديدة' },
    measures: {
      'blood-pressure': 'ضغط الدم',
      weight: 'الوزن',
      height: 'الطول',
      glucose: 'سكر الدم',
      temperature: 'درجة الحرارة',
      'heart-rate': 'نبض القلب',
      'oxygen-saturation': 'تشبع الأكسجين',
    },
    systolic: 'الانقباضي',
    diastolic: 'الانبساطي',
    severity: 'الشدة',
    onset: 'البداية',
    dose: 'الجرعة',
    frequency: 'التكرار',
    from: 'من',
    to: 'إلى',
    at: 'التاريخ',
    days: (count) => `عدد الأيام: ${count}`,
    code: 'الرمز',
    file: 'ملف',
    note: 'ملاحظة',
    text: 'النص',
    author: 'بقلم',
    source: 'مستورد من',
    recordedAt: 'سُجّل في',
    reason: 'السبب',
    bloodGroup: 'فصيلة الدم',
    unknownName: 'الاسم غير معروف',
    patient: 'المريض',
    birthDate: 'تاريخ الميلاد',
    gender: 'الجنس',
    genders: { female: 'أنثى', male: 'ذكر', other: 'آخر' },
    unknown: 'غير مذكور',
    phone: 'الهاتف',
    createdAt: 'حُرّر في',
    footer: 'بيانات صحية: لا تُسلَّم إلا لمن تثق به.',
  },
};
