import type { PaperKind, PaperLanguage, SignedWith } from '../../domain/papers.js';

export interface PaperTexts {
  title: Record<PaperKind, string>;
  doctor: string;
  licence: string;
  patient: string;
  born: string;
  date: string;
  dose: string;
  frequency: string;
  duration: string;
  days(count: number): string;
  code: string;
  verify: string;
  signedWith: Record<SignedWith, string>;
  reason: string;
}

const plural = (language: string, count: number, forms: Partial<Record<Intl.LDMLPluralRule, string>>): string =>
  (forms[new Intl.PluralRules(language).select(count)] ?? forms.other!).replace('#', String(count));

export const paperTexts: Readonly<Record<PaperLanguage, PaperTexts>> = {
  fr: {
    title: { prescription: 'Ordonnance', certificate: 'Certificat médical' },
    doctor: 'Dr',
    licence: 'Nº d’inscription à l’Ordre',
    patient: 'Patient',
    born: 'Date de naissance',
    date: 'Date',
    dose: 'Dose',
    frequency: 'Fréquence',
    duration: 'Durée',
    days: (count) => plural('fr', count, { one: '# jour', other: '# jours' }),
    code: 'Code de vérification',
    verify: 'Vérifier ce document :',
    signedWith: {
      installation:
        'Signé avec le certificat de cette installation : il prouve que le document vient d’ici et n’a pas été modifié. Ce n’est pas la signature électronique reconnue par la loi du pays.',
      doctor: 'Signé avec le certificat du médecin.',
    },
    reason: 'Document médical',
  },
  en: {
    title: { prescription: 'Prescription', certificate: 'Medical certificate' },
    doctor: 'Dr',
    licence: 'Licence no.',
    patient: 'Patient',
    born: 'Date of birth',
    date: 'Date',
    dose: 'Dose',
    frequency: 'How often',
    duration: 'For',
    days: (count) => plural('en', count, { one: '# day', other: '# days' }),
    code: 'Verification code',
    verify: 'Verify this document:',
    signedWith: {
      installation:
        'Signed with the certificate of this installation: it proves that the document comes from here and was not changed. It is not the electronic signature that the law of the country recognises.',
      doctor: 'Signed with the doctor’s own certificate.',
    },
    reason: 'Medical document',
  },
  ar: {
    title: { prescription: 'وصفة طبية', certificate: 'شهادة طبية' },
    doctor: 'د.',
    licence: 'رقم الترخيص',
    patient: 'المريض',
    born: 'تاريخ الميلاد',
    date: 'التاريخ',
    dose: 'الجرعة',
    frequency: 'التكرار',
    duration: 'المدة',
    days: (count) =>
      plural('ar', count, {
        zero: '# يوم',
        one: 'يوم واحد',
        two: 'يومان',
        few: '# أيام',
        many: '# يومًا',
        other: '# يوم',
      }),
    code: 'رمز التحقق',
    verify: 'تحقق من هذه الوثيقة:',
    signedWith: {
      installation:
        'موقّعة بشهادة هذه المنصة: تثبت أن الوثيقة صادرة عنها ولم تُعدَّل. ليست التوقيع الإلكتروني المعترف به في قانون البلد.',
      doctor: 'موقّعة بشهادة الطبيب.',
    },
    reason: 'وثيقة طبية',
  },
};
