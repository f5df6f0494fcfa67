import type { Messages } from '@medflow/service-kit';

export const messages: Messages = {
  'slot-taken': {
    fr: 'Ce créneau n’est plus disponible. Choisissez-en un autre parmi les créneaux proposés.',
    en: 'This slot is no longer available. Choose another among those offered.',
    ar: 'لم يعد هذا الموعد متاحًا. اختر موعدًا آخر من المواعيد المقترحة.',
  },
  'examination-required': {
    fr: 'Une première consultation se fait au cabinet : choisissez un créneau sur place, ou déclarez que ce médecin vous a déjà examiné(e) en personne.',
    en: 'A first visit is in person: choose a slot at the practice, or declare that this doctor has already examined you in person.',
    ar: 'تكون الزيارة الأولى حضورية: اختر موعدًا في العيادة، أو صرّح بأن هذا الطبيب سبق أن فحصك حضوريًا.',
  },
  'examination-unconfirmed': {
    fr: 'Confirmez que vous avez déjà examiné ce patient en personne, consignez une dérogation motivée, ou proposez un créneau au cabinet.',
    en: 'Confirm that you have examined this patient in person, record a derogation with its reason, or propose a slot at the practice.',
    ar: 'أكّد أنك سبق أن فحصت هذا المريض حضوريًا، أو سجّل استثناءً معلّلًا، أو اقترح موعدًا في العيادة.',
  },
  'not-practising': {
    fr: 'Vous ne pouvez pas recevoir de patients pour le moment : votre licence n’est pas validée ou votre compte est suspendu.',
    en: 'You may not see patients at the moment: your licence is not verified or your account is suspended.',
    ar: 'لا يمكنك استقبال المرضى في الوقت الحالي: ترخيصك غير موثّق أو حسابك موقوف.',
  },
  'invalid-transition': {
    fr: 'Cette action n’est plus possible : le rendez-vous a changé d’état.',
    en: 'This is no longer possible: the appointment’s status has changed.',
    ar: 'لم يعد هذا الإجراء ممكنًا: تغيّرت حالة الموعد.',
  },
  'too-early': {
    fr: 'Il est trop tôt pour cette action.',
    en: 'It is too early for this.',
    ar: 'لم يحن وقت هذا الإجراء بعد.',
  },
  'too-late': {
    fr: 'Il est trop tard pour annuler ou déplacer ce rendez-vous.',
    en: 'It is too late to cancel or move this appointment.',
    ar: 'فات أوان إلغاء هذا الموعد أو تغييره.',
  },
  'price-differs': {
    fr: 'Ce créneau a un autre prix, et ce rendez-vous est peut-être déjà payé : choisissez un créneau au même prix, ou annulez et réservez.',
    en: 'This slot has another price, and this appointment may be paid for already: choose a slot at the same price, or cancel and book.',
    ar: 'لهذا الموعد سعر مختلف، وقد يكون موعدك مدفوعًا: اختر موعدًا بالسعر نفسه، أو ألغِ ثم احجز.',
  },
  'too-many-holds': {
    fr: 'Vous avez déjà {max, plural, one {# créneau} other {# créneaux}} en attente de paiement : payez-en un ou laissez-le expirer.',
    en: 'You already hold {max, plural, one {# slot that waits} other {# slots that wait}} for payment: pay for one or let it lapse.',
    ar: 'لديك بالفعل {max, plural, one {موعد واحد} two {موعدان} few {# مواعيد} many {# موعدًا} other {# موعد}} بانتظار الدفع: ادفع ثمن أحدها أو انتظر انتهاء مهلته.',
  },
  'too-many-requests-open': {
    fr: 'Vous avez déjà {max, plural, one {# demande} other {# demandes}} sans réponse : attendez une réponse ou annulez l’une d’elles.',
    en: 'You already have {max, plural, one {# request} other {# requests}} without an answer: wait for one or cancel one of them.',
    ar: 'لديك بالفعل {max, plural, one {طلب واحد} two {طلبان} few {# طلبات} many {# طلبًا} other {# طلب}} دون رد: انتظر ردًا أو ألغِ أحدها.',
  },
  'slot-not-reservable': {
    fr: 'Ce créneau est libre, mais nous ne pouvons pas vous le garder : réservez-le sans tarder.',
    en: 'This slot is free, but we cannot keep it for you: book it soon.',
    ar: 'هذا الموعد متاح، لكن لا يمكننا الاحتفاظ به لك: احجزه دون تأخير.',
  },
  'not-before-cutoff': {
    fr: 'Ce palier doit être plus proche du rendez-vous que le délai d’annulation.',
    en: 'This tier must be nearer to the visit than the cut-off.',
    ar: 'يجب أن تكون هذه الفئة أقرب إلى الموعد من مهلة الإلغاء.',
  },
  'rises-near-visit': {
    fr: 'La part remboursée ne peut pas augmenter à l’approche du rendez-vous.',
    en: 'The share refunded cannot rise as the visit comes nearer.',
    ar: 'لا يمكن أن ترتفع نسبة الاسترداد مع اقتراب الموعد.',
  },
  'end-before-start': {
    fr: 'La fin doit suivre le début.',
    en: 'The end must come after the start.',
    ar: 'يجب أن تكون النهاية بعد البداية.',
  },
  'longer-than-hours': {
    fr: 'La durée du créneau dépasse la plage horaire.',
    en: 'The slot is longer than the hours.',
    ar: 'مدة الموعد أطول من الفترة المحددة.',
  },
  overlaps: {
    fr: 'Ces horaires chevauchent ceux de la plage {number} ({hours}).',
    en: 'These hours overlap those of rule {number} ({hours}).',
    ar: 'تتداخل هذه الساعات مع ساعات الفترة {number} (\u2066{hours}\u2069).',
  },
  'seasons-overlap': {
    fr: 'Ces dates chevauchent celles de « {name} » ({dates}).',
    en: 'These dates overlap those of “{name}” ({dates}).',
    ar: 'تتداخل هذه التواريخ مع تواريخ «\u2068{name}\u2069» (\u2066{dates}\u2069).',
  },
  'longer-than-a-year': {
    fr: 'Une saison dure au plus un an.',
    en: 'A season lasts a year at most.',
    ar: 'لا يتجاوز الموسم سنة واحدة.',
  },
  'from-after-to': {
    fr: 'La fin de la période doit suivre son début.',
    en: 'The period must end after it begins.',
    ar: 'يجب أن تنتهي الفترة بعد بدايتها.',
  },
};
