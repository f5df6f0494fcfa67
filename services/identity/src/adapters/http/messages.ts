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
  'wrong-password': {
    fr: 'Ce n’est pas votre mot de passe actuel.',
    en: 'This is not your current password.',
    ar: 'هذه ليست كلمة مرورك الحالية.',
  },
};
