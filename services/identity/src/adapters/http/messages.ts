import type { Messages } from '@medflow/service-kit';

export const messages: Messages = {
  'email-taken': {
    fr: 'Cet e-mail est déjà associé à un compte',
    en: 'This e-mail already belongs to an account',
    ar: 'هذا البريد الإلكتروني مرتبط بحساب بالفعل',
  },
  'invalid-credentials': {
    fr: 'E-mail ou mot de passe incorrect.',
    en: 'Wrong e-mail or password.',
    ar: 'البريد الإلكتروني أو كلمة المرور غير صحيحة.',
  },
  'session-expired': {
    fr: 'Votre session a expiré : connectez-vous à nouveau.',
    en: 'Your session has expired: sign in again.',
    ar: 'انتهت جلستك: سجّل الدخول من جديد.',
  },
  'rotated-recently': {
    fr: 'La clé de signature vient d’être changée : à nouveau possible à partir de {readyAt}.',
    en: 'The signing key was changed a moment ago: again from {readyAt}.',
    ar: 'تم تغيير مفتاح التوقيع قبل قليل: يمكن تغييره مجددًا ابتداءً من {readyAt}.',
  },
  'role.required': {
    fr: 'Choisissez un rôle : patient ou médecin.',
    en: 'Choose a role: patient or doctor.',
    ar: 'اختر دورًا: مريض أو طبيب.',
  },
  'role.not-a-choice': {
    fr: 'Choisissez un rôle : patient ou médecin.',
    en: 'Choose a role: patient or doctor.',
    ar: 'اختر دورًا: مريض أو طبيب.',
  },
  'common-password': {
    fr: 'Ce mot de passe est trop facile à deviner : choisissez-en un autre.',
    en: 'This password is too easy to guess: choose another.',
    ar: 'كلمة المرور هذه سهلة التخمين: اختر غيرها.',
  },
  'weak-password': {
    fr: 'Ce mot de passe se devine trop vite : trois ou quatre mots sans rapport en font un bon, évitez suites, dates et répétitions.',
    en: 'This password is guessed too soon: three or four unrelated words make a good one; avoid sequences, dates and repetition.',
    ar: 'يمكن تخمين كلمة المرور هذه بسرعة: ثلاث أو أربع كلمات غير مترابطة تصنع كلمة جيدة، وتجنّب التسلسل والتواريخ والتكرار.',
  },
  'invalid-link': {
    fr: 'Ce lien n’est plus valable : il a déjà servi, il a expiré, ou un lien plus récent l’a remplacé.',
    en: 'This link is no longer good: it was used, it expired, or a newer one took its place.',
    ar: 'لم يعد هذا الرابط صالحًا: فقد استُخدم، أو انتهت صلاحيته، أو حلّ محله رابط أحدث.',
  },
  'letter-too-soon': {
    fr: 'Un message vient de partir : regardez aussi vos courriers indésirables. Un autre pourra partir dans {minutes} min.',
    en: 'A message has just left: look among unwanted mail, too. Another can leave in {minutes} min.',
    ar: 'أُرسلت رسالة للتو: ابحث أيضًا في البريد غير المرغوب. يمكن إرسال أخرى بعد {minutes, plural, one {دقيقة واحدة} two {دقيقتين} few {# دقائق} many {# دقيقة} other {# دقيقة}}.',
  },
  'email-verified-already': {
    fr: 'Votre adresse est déjà confirmée.',
    en: 'Your address is confirmed already.',
    ar: 'عنوانك مؤكَّد بالفعل.',
  },
  'account-suspended': {
    fr: 'Ce compte est suspendu.',
    en: 'This account is suspended.',
    ar: 'هذا الحساب موقوف.',
  },
  'own-account': {
    fr: 'On ne peut pas suspendre son propre compte.',
    en: 'You cannot suspend your own account.',
    ar: 'لا يمكنك إيقاف حسابك الخاص.',
  },
  'wrong-password': {
    fr: 'Ce n’est pas votre mot de passe actuel.',
    en: 'This is not your current password.',
    ar: 'هذه ليست كلمة مرورك الحالية.',
  },
};
