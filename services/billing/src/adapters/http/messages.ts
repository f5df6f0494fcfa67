import type { Messages } from '@medflow/service-kit';

export const messages: Messages = {
  'already-paid': {
    fr: 'Ce rendez-vous est déjà payé.',
    en: 'This appointment is paid already.',
    ar: 'تم دفع ثمن هذا الموعد بالفعل.',
  },
  'not-payable': {
    fr: 'Ce rendez-vous ne peut pas être payé maintenant.',
    en: 'This appointment cannot be paid now.',
    ar: 'لا يمكن دفع ثمن هذا الموعد الآن.',
  },
  'payment-in-progress': {
    fr: 'Un paiement est en cours. Patientez un instant.',
    en: 'A payment is under way. Please wait a moment.',
    ar: 'هناك عملية دفع جارية. يرجى الانتظار لحظة.',
  },
  'payment-declined': {
    fr: 'Le paiement a été refusé. Essayez un autre moyen de paiement.',
    en: 'The payment was declined. Please try another payment method.',
    ar: 'تم رفض الدفع. جرّب وسيلة دفع أخرى.',
  },
  'payment-provider-unavailable': {
    fr: 'Le service de paiement ne répond pas. Réessayez : vous ne serez pas débité deux fois.',
    en: 'The payment service does not answer. Try again: you will not be charged twice.',
    ar: 'خدمة الدفع لا تستجيب. أعد المحاولة: لن يُخصم المبلغ مرتين.',
  },
  'unknown-payment-method': {
    fr: 'Ce moyen de paiement est inconnu.',
    en: 'This payment method is unknown.',
    ar: 'وسيلة الدفع هذه غير معروفة.',
  },
  'no-receipt': {
    fr: 'Il n’y a pas de reçu tant que le paiement n’est pas encaissé.',
    en: 'There is no receipt before the payment is taken.',
    ar: 'لا يوجد إيصال قبل تحصيل المبلغ.',
  },
  'invalid-signature': {
    fr: 'La signature est invalide.',
    en: 'The signature is invalid.',
    ar: 'التوقيع غير صالح.',
  },
  'from-after-to': {
    fr: 'La fin de la période doit suivre son début.',
    en: 'The period must end after it begins.',
    ar: 'يجب أن تنتهي الفترة بعد بدايتها.',
  },
};
