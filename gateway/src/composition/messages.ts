import type { Messages } from '@medflow/service-kit';

export const messages: Messages = {
  'from-after-to': {
    fr: 'La fin de la période doit suivre son début.',
    en: 'The period must end after it begins.',
    ar: 'يجب أن تنتهي الفترة بعد بدايتها.',
  },
  'period-too-long': {
    fr: 'Au plus {years} ans à la fois, regroupés ainsi.',
    en: 'At most {years} years at a time, grouped like this.',
    ar: '{years} سنوات على الأكثر في كل مرة بهذا التجميع.',
  },
};
