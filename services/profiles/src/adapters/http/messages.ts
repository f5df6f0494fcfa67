import type { Messages } from '@medflow/service-kit';

export const messages: Messages = {
  'date-in-future': {
    fr: 'Cette date doit être dans le passé.',
    en: 'This date must be in the past.',
    ar: 'يجب أن يكون هذا التاريخ في الماضي.',
  },
  'date-too-old': {
    fr: 'Cette date remonte à plus de 130 ans.',
    en: 'This date is more than 130 years ago.',
    ar: 'هذا التاريخ يعود إلى أكثر من 130 سنة.',
  },
  'invalid-phone': {
    fr: 'Un numéro de téléphone international, par exemple +216 20 123 456.',
    en: 'An international phone number such as +216 20 123 456.',
    ar: 'رقم هاتف دولي، مثل ‎+216 20 123 456.',
  },
  'licence-not-submitted': {
    fr: 'Ce médecin n’a pas encore indiqué de numéro d’ordre.',
    en: 'This doctor has not given a licence number yet.',
    ar: 'لم يقدّم هذا الطبيب رقم الترخيص بعد.',
  },
  'not-an-image': {
    fr: 'Ce fichier n’est pas une photo lisible : JPEG, PNG ou WebP, 50 mégapixels au plus.',
    en: 'This file is not a photo that can be read: JPEG, PNG or WebP, 50 megapixels at most.',
    ar: 'هذا الملف ليس صورة قابلة للقراءة: JPEG أو PNG أو WebP، بما لا يتجاوز 50 ميغابكسل.',
  },
  'not-a-document': {
    fr: 'Ce fichier n’est ni un PDF, ni une photo lisible (JPEG, PNG ou WebP).',
    en: 'This file is neither a PDF nor a photo that can be read (JPEG, PNG or WebP).',
    ar: 'هذا الملف ليس PDF ولا صورة قابلة للقراءة (JPEG أو PNG أو WebP).',
  },
  'from-after-to': {
    fr: 'La fin de la période doit suivre son début.',
    en: 'The period must end after it begins.',
    ar: 'يجب أن تنتهي الفترة بعد بدايتها.',
  },
};
