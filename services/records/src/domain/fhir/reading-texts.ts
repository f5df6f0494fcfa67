import type { SummaryLanguage } from './summary-texts.js';

/** Words for what an imported resource says beyond what an entry has a place for. */
export interface ReadingTexts {
  type: string;
  status: string;
  date: string;
  value: string;
  reaction: string;
  criticality: string;
  severity: string;
  onset: string;
  end: string;
  dose: string;
  lot: string;
  doseNumber: string;
  prescription: string;
  file: string;
  content: string;
  unknownSource: string;
}

export const readingTexts: Readonly<Record<SummaryLanguage, ReadingTexts>> = {
  fr: {
    type: 'Type',
    status: 'Statut',
    date: 'Date',
    value: 'Valeur',
    reaction: 'Réaction',
    criticality: 'Criticité',
    severity: 'Gravité',
    onset: 'Début',
    end: 'Fin',
    dose: 'Dose',
    lot: 'Lot',
    doseNumber: 'Dose nº',
    prescription: 'Ordonnance',
    file: 'Fichier',
    content: 'Contenu',
    unknownSource: 'Source inconnue',
  },
  en: {
    type: 'Type',
    status: 'Status',
    date: 'Date',
    value: 'Value',
    reaction: 'Reaction',
    criticality: 'Criticality',
    severity: 'Severity',
    onset: 'Onset',
    end: 'End',
    dose: 'Dose',
    lot: 'Lot',
    doseNumber: 'Dose no.',
    prescription: 'Prescription',
    file: 'File',
    content: 'Content',
    unknownSource: 'Unknown source',
  },
  ar: {
    type: 'النوع',
    status: 'الحالة',
    date: 'التاريخ',
    value: 'القيمة',
    reaction: 'رد الفعل',
    criticality: 'الخطورة',
    severity: 'الشدة',
    onset: 'البداية',
    end: 'النهاية',
    dose: 'الجرعة',
    lot: 'رقم التشغيلة',
    doseNumber: 'رقم الجرعة',
    prescription: 'وصفة طبية',
    file: 'ملف',
    content: 'المحتوى',
    unknownSource: 'مصدر غير معروف',
  },
};
