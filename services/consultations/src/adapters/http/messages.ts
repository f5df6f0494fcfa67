import type { Messages } from '@medflow/service-kit';

export const messages: Messages = {
  'not-a-video-visit': {
    fr: 'Ce rendez-vous n’est pas une consultation vidéo confirmée.',
    en: 'This appointment is not a confirmed visit by video.',
    ar: 'هذا الموعد ليس استشارة فيديو مؤكدة.',
  },
  'too-early': {
    fr: 'La consultation ouvre 15 minutes avant son heure.',
    en: 'The visit opens 15 minutes before its time.',
    ar: 'تُفتح الاستشارة قبل موعدها بربع ساعة.',
  },
  'consent-required': {
    fr: 'Lisez et acceptez d’abord les conditions de la téléconsultation.',
    en: 'Read and accept the terms of visits by video first.',
    ar: 'اقرأ شروط الاستشارة عن بُعد ووافق عليها أولًا.',
  },
  'visit-finished': {
    fr: 'Cette consultation est terminée.',
    en: 'This visit is over.',
    ar: 'انتهت هذه الاستشارة.',
  },
  elsewhere: {
    fr: 'Vous êtes déjà dans cette consultation sur un autre appareil.',
    en: 'You are in this visit on another device already.',
    ar: 'أنت في هذه الاستشارة على جهاز آخر بالفعل.',
  },
  'nobody-waits': {
    fr: 'Personne n’attend à cette place.',
    en: 'Nobody waits on that seat.',
    ar: 'لا أحد ينتظر في هذا المكان.',
  },
  'seat-taken': {
    fr: 'La troisième place est occupée.',
    en: 'The third seat is taken.',
    ar: 'المقعد الثالث مشغول.',
  },
};
