import type { Locale } from '../auth/account.js';
import { formatted } from './message-format.js';

/** What a person reads for a code: ICU messages over the error's parameters. */
export type Message = Readonly<Record<Locale, string>>;
export type Messages = Readonly<Record<string, Message>>;

/** Codes that every service answers with. A service adds its own in `adapters/http/messages.ts`. */
export const commonMessages: Messages = {
  'malformed-request': { fr: 'La requête est illisible.', en: 'The request cannot be read.', ar: 'تعذّرت قراءة الطلب.' },
  unauthenticated: { fr: 'Connectez-vous pour continuer.', en: 'Sign in to continue.', ar: 'سجّل الدخول للمتابعة.' },
  forbidden: {
    fr: 'Votre compte ne permet pas cette action.',
    en: 'Your account may not do this.',
    ar: 'حسابك لا يسمح بهذا الإجراء.',
  },
  'email-not-verified': {
    fr: 'Confirmez d’abord votre adresse : ouvrez le lien que nous vous avons envoyé par e-mail.',
    en: 'Confirm your address first: open the link that we sent you by e-mail.',
    ar: 'أكّد عنوانك أولًا: افتح الرابط الذي أرسلناه إليك بالبريد الإلكتروني.',
  },
  'not-found': { fr: 'Introuvable.', en: 'Not found.', ar: 'غير موجود.' },
  'method-not-allowed': {
    fr: 'Cette méthode n’existe pas ici.',
    en: 'This method does not exist here.',
    ar: 'هذه الطريقة غير متاحة هنا.',
  },
  conflict: {
    fr: 'L’état a changé entre-temps.',
    en: 'The state has changed meanwhile.',
    ar: 'تغيّرت الحالة في هذه الأثناء.',
  },
  'version-mismatch': {
    fr: 'Cet élément a été modifié entre-temps : rechargez-le puis réessayez.',
    en: 'This was changed meanwhile: reload it and try again.',
    ar: 'تم تعديل هذا العنصر في هذه الأثناء: أعد تحميله ثم حاول مجددًا.',
  },
  'body-too-large': {
    fr: 'La requête dépasse la taille permise.',
    en: 'The request is larger than allowed.',
    ar: 'حجم الطلب أكبر من المسموح.',
  },
  'request-timeout': {
    fr: 'La requête n’est pas arrivée à temps : vérifiez votre connexion, puis réessayez.',
    en: 'The request did not arrive in time: check your connection, then try again.',
    ar: 'لم يصل الطلب في الوقت المناسب: تحقّق من اتصالك ثم أعد المحاولة.',
  },
  'headers-too-large': {
    fr: 'Les en-têtes de la requête dépassent la taille permise.',
    en: 'The headers of the request are larger than allowed.',
    ar: 'حجم ترويسات الطلب أكبر من المسموح.',
  },
  'unsupported-media-type': {
    fr: 'Ce type de contenu n’est pas accepté.',
    en: 'This content type is not accepted.',
    ar: 'نوع المحتوى غير مقبول.',
  },
  'validation-failed': {
    fr: 'Vérifiez les champs indiqués.',
    en: 'Check the fields indicated.',
    ar: 'تحقّق من الحقول المشار إليها.',
  },
  'request-in-progress': {
    fr: 'La même demande est en cours. Patientez un instant.',
    en: 'The same request is under way. Please wait a moment.',
    ar: 'الطلب نفسه قيد التنفيذ. يرجى الانتظار لحظة.',
  },
  'idempotency-key-reused': {
    fr: 'Cette clé d’idempotence a déjà servi à une autre requête.',
    en: 'This idempotency key was used for another request.',
    ar: 'استُخدم مفتاح عدم التكرار هذا لطلب آخر.',
  },
  'too-many-requests': {
    fr: 'Trop de tentatives : réessayez dans {seconds} s.',
    en: 'Too many attempts: try again in {seconds} s.',
    ar: 'محاولات كثيرة: أعد المحاولة بعد {seconds, plural, one {ثانية واحدة} two {ثانيتين} few {# ثوانٍ} many {# ثانية} other {# ثانية}}.',
  },
  'service-unavailable': {
    fr: 'Le service est momentanément indisponible : réessayez.',
    en: 'The service is unavailable for a moment: try again.',
    ar: 'الخدمة غير متاحة مؤقتًا: أعد المحاولة.',
  },
  'internal-error': {
    fr: 'Une erreur est survenue de notre côté : réessayez.',
    en: 'Something went wrong on our side: try again.',
    ar: 'حدث خطأ من جانبنا: أعد المحاولة.',
  },
  required: { fr: 'Ce champ est obligatoire.', en: 'This field is required.', ar: 'هذا الحقل إلزامي.' },
  invalid: { fr: 'Cette valeur n’est pas valable.', en: 'This value is not valid.', ar: 'هذه القيمة غير صالحة.' },
  'unknown-field': { fr: 'Ce champ n’existe pas.', en: 'This field does not exist.', ar: 'هذا الحقل غير موجود.' },
  'too-short': {
    fr: 'Au moins {min, plural, one {# caractère} other {# caractères}}.',
    en: 'At least {min, plural, one {# character} other {# characters}}.',
    ar: 'على الأقل {min, plural, one {حرف واحد} two {حرفان} few {# أحرف} many {# حرفًا} other {# حرف}}.',
  },
  'too-long': {
    fr: 'Au plus {max, plural, one {# caractère} other {# caractères}}.',
    en: 'At most {max, plural, one {# character} other {# characters}}.',
    ar: 'على الأكثر {max, plural, one {حرف واحد} two {حرفان} few {# أحرف} many {# حرفًا} other {# حرف}}.',
  },
  'too-small': { fr: 'Au moins {min}.', en: 'At least {min}.', ar: 'على الأقل {min}.' },
  'too-large': { fr: 'Au plus {max}.', en: 'At most {max}.', ar: 'على الأكثر {max}.' },
  'too-many': {
    fr: 'Au plus {max, plural, one {# élément} other {# éléments}}.',
    en: 'At most {max, plural, one {# item} other {# items}}.',
    ar: 'على الأكثر {max, plural, one {عنصر واحد} two {عنصران} few {# عناصر} many {# عنصرًا} other {# عنصر}}.',
  },
  'not-a-multiple': { fr: 'Un multiple de {step}.', en: 'A multiple of {step}.', ar: 'من مضاعفات {step}.' },
  'not-a-choice': { fr: 'Choisissez parmi : {values}.', en: 'Choose one of: {values}.', ar: 'اختر من بين: {values}.' },
  duplicate: { fr: 'Chaque valeur une seule fois.', en: 'Each value only once.', ar: 'كل قيمة مرة واحدة فقط.' },
  'invalid-email': {
    fr: 'Cette adresse e-mail n’est pas valable.',
    en: 'This e-mail address is not valid.',
    ar: 'عنوان البريد الإلكتروني غير صالح.',
  },
  'invalid-name': {
    fr: 'Un nom s’écrit avec des lettres, sans caractère invisible.',
    en: 'A name is written with letters, without invisible characters.',
    ar: 'يُكتب الاسم بالحروف، دون رموز غير مرئية.',
  },
  'invalid-date': {
    fr: 'Une date au format AAAA-MM-JJ.',
    en: 'A date as YYYY-MM-DD.',
    ar: 'تاريخ بالصيغة YYYY-MM-DD.',
  },
  'invalid-time': { fr: 'Une heure au format HH:mm.', en: 'A time as HH:mm.', ar: 'وقت بالصيغة HH:mm.' },
  'invalid-instant': {
    fr: 'Une date et une heure au format RFC 3339.',
    en: 'An RFC 3339 date and time.',
    ar: 'تاريخ ووقت بصيغة RFC 3339.',
  },
  'invalid-time-zone': {
    fr: 'Un fuseau horaire IANA, par exemple Africa/Tunis.',
    en: 'An IANA time zone such as Africa/Tunis.',
    ar: 'منطقة زمنية IANA مثل Africa/Tunis.',
  },
};

/** The message of the code in that language; the code itself where no catalogue has it, or a parameter lacks. */
export function messageOf(
  messages: Messages,
  code: string,
  locale: Locale,
  parameters: Record<string, unknown> = {},
): string {
  const message = messages[code]?.[locale] ?? commonMessages[code]?.[locale];
  return (message !== undefined && formatted(message, locale, parameters)) || code;
}
