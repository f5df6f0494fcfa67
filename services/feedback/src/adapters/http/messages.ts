import type { Messages } from '@medflow/service-kit';

export const messages: Messages = {
  'already-reviewed': {
    fr: 'Vous avez déjà donné votre avis sur cette consultation.',
    en: 'You have reviewed this consultation already.',
    ar: 'لقد قيّمت هذه الاستشارة من قبل.',
  },
  'not-completed': {
    fr: 'Seule une consultation terminée peut être évaluée.',
    en: 'Only a completed consultation can be reviewed.',
    ar: 'لا يمكن تقييم إلا استشارة منتهية.',
  },
  'too-late': {
    fr: 'Un avis peut être modifié pendant 48 heures : ce délai est passé.',
    en: 'A review can be edited for 48 hours: that time is over.',
    ar: 'يمكن تعديل التقييم خلال 48 ساعة: انتهت هذه المهلة.',
  },
  'already-answered': {
    fr: 'Vous avez déjà répondu à cet avis.',
    en: 'You have answered this review already.',
    ar: 'لقد رددت على هذا التقييم من قبل.',
  },
  'already-reported': {
    fr: 'Cet avis a déjà été signalé.',
    en: 'This review was reported already.',
    ar: 'تم التبليغ عن هذا التقييم من قبل.',
  },
  'already-hidden': {
    fr: 'Ce commentaire est déjà masqué.',
    en: 'This comment is hidden already.',
    ar: 'هذا التعليق مخفي من قبل.',
  },
  'not-reported': {
    fr: 'Cet avis n’est ni signalé ni masqué.',
    en: 'This review is neither reported nor hidden.',
    ar: 'هذا التقييم غير مبلّغ عنه وغير مخفي.',
  },
  'stars.required': {
    fr: 'Choisissez de une à cinq étoiles.',
    en: 'Choose one to five stars.',
    ar: 'اختر من نجمة إلى خمس نجوم.',
  },
  'stars.invalid': {
    fr: 'Choisissez de une à cinq étoiles.',
    en: 'Choose one to five stars.',
    ar: 'اختر من نجمة إلى خمس نجوم.',
  },
  'from-after-to': {
    fr: 'La fin de la période doit suivre son début.',
    en: 'The period must end after it begins.',
    ar: 'يجب أن تنتهي الفترة بعد بدايتها.',
  },
};
