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
  'care-ended': {
    fr: 'Votre dernière consultation remonte à plus de douze mois : cette conversation peut être relue, mais plus continuée.',
    en: 'Your last visit is more than twelve months ago: this conversation can be read, but not continued.',
    ar: 'مرّ أكثر من اثني عشر شهرًا على آخر استشارة: يمكن قراءة هذه المحادثة ولا يمكن متابعتها.',
  },
  'conversation-closed': {
    fr: 'Le médecin ne reçoit plus de messages dans cette conversation. Prenez rendez-vous.',
    en: 'The doctor takes no more messages in this conversation. Book an appointment.',
    ar: 'لم يعد الطبيب يستقبل رسائل في هذه المحادثة. احجز موعدًا.',
  },
  'doctor-unavailable': {
    fr: 'Ce médecin ne peut plus vous recevoir : écrivez à un autre médecin qui vous suit, ou prenez rendez-vous.',
    en: 'This doctor can no longer see you: write to another doctor of yours, or book an appointment.',
    ar: 'لم يعد بإمكان هذا الطبيب استقبالك: راسل طبيبًا آخر يتابعك أو احجز موعدًا.',
  },
  'not-practising': {
    fr: 'Votre profil n’est pas vérifié ou est suspendu : vous ne pouvez pas écrire à vos patients.',
    en: 'Your profile is not verified or suspended: you cannot write to your patients.',
    ar: 'ملفك غير موثَّق أو موقوف: لا يمكنك مراسلة مرضاك.',
  },
  'not-a-document': {
    fr: 'Ce fichier n’est ni un PDF ni une image JPEG, PNG ou WebP lisible.',
    en: 'This file is neither a PDF nor a JPEG, PNG or WebP picture that can be read.',
    ar: 'هذا الملف ليس PDF ولا صورة JPEG أو PNG أو WebP قابلة للقراءة.',
  },
  'text.required': {
    fr: 'Écrivez un message ou joignez un fichier.',
    en: 'Write a message or attach a file.',
    ar: 'اكتب رسالة أو أرفق ملفًا.',
  },
  'end-before-start': {
    fr: 'La fin doit suivre le début.',
    en: 'The end must follow the start.',
    ar: 'يجب أن تأتي النهاية بعد البداية.',
  },
};
