import type { Texts } from './texts.js';

export const ar: Texts = {
  patient: {
    'appointment-requested': {
      title: 'تم إرسال الطلب',
      body: 'تم إرسال طلب موعدك مع {name} بتاريخ {when}. سنعلمك بالرد.',
    },
    'appointment-accepted': { title: 'تم تأكيد الموعد', body: 'قبل {name} موعدك بتاريخ {when}.' },
    'appointment-rejected': {
      title: 'تم رفض الموعد',
      body: 'تعذّر على {name} قبول موعدك بتاريخ {when}. اختر موعدًا آخر.',
    },
    'appointment-cancelled': { title: 'تم إلغاء الموعد', body: 'ألغى {name} موعدك بتاريخ {when}.' },
    'appointment-cancelled-by-reader': {
      title: 'تم إلغاء الموعد',
      body: 'لقد ألغيت موعدك مع {name} بتاريخ {when}.',
    },
    'appointment-completed': { title: 'انتهت الاستشارة', body: 'انتهت استشارتك مع {name} بتاريخ {when}.' },
    'appointment-missed': { title: 'موعد فائت', body: 'كان {name} في انتظارك بتاريخ {when}.' },
    'appointment-expired': {
      title: 'انتهت صلاحية الطلب',
      body: 'لم يرد {name} في الوقت المناسب على طلبك بتاريخ {when}.',
    },
  },
  doctor: {
    'appointment-requested': { title: 'طلب موعد جديد', body: 'يطلب {name} موعدًا بتاريخ {when}.' },
    'appointment-accepted': { title: 'تم تأكيد الموعد', body: 'تم تأكيد الموعد مع {name} بتاريخ {when}.' },
    'appointment-cancelled': { title: 'تم إلغاء الموعد', body: 'ألغى {name} الموعد بتاريخ {when}.' },
    'appointment-cancelled-by-reader': {
      title: 'تم إلغاء الموعد',
      body: 'لقد ألغيت الموعد مع {name} بتاريخ {when}.',
    },
    'appointment-expired': { title: 'انتهت صلاحية الطلب', body: 'انتهت صلاحية طلب {name} بتاريخ {when} دون رد.' },
  },
  stranger: { patient: 'طبيبك', doctor: 'مريض' },
  doctorTitle: 'د.',
  letter: {
    greeting: 'مرحبًا {name}،',
    button: 'عرض مواعيدي',
    link: 'عرض مواعيدي: {url}',
    footer: 'تكتب لك MedFlow لأن لديك حسابًا. لا تُرسل أي معلومات طبية بالبريد الإلكتروني.',
  },
};
