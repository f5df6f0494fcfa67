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
  'common-password': {
    fr: 'Ce mot de passe est trop courant : choisissez-en un autre.',
    en: 'This password is too common: choose another.',
    ar: 'كلمة المرور هذه شائعة جدًا: اختر غيرها.',
  },
  'password-is-personal': {
    fr: 'Le mot de passe ne doit pas être votre nom ou votre adresse.',
    en: 'The password must not be your name or your address.',
    ar: 'يجب ألا تكون كلمة المرور اسمك أو عنوانك.',
  },
};
