import type { Messages } from '@medflow/service-kit';

export const messages: Messages = {
  'from-after-to': {
    fr: 'La fin de la période doit suivre son début.',
    en: 'The period must end after it begins.',
    ar: 'يجب أن تنتهي الفترة بعد بدايتها.',
  },
  'period-too-long': {
    fr: 'Au plus {years, plural, one {# an} other {# ans}} à la fois, regroupés ainsi.',
    en: 'At most {years, plural, one {# year} other {# years}} at a time, grouped like this.',
    ar: '{years, plural, one {سنة واحدة} two {سنتان} few {# سنوات} many {# سنة} other {# سنة}} على الأكثر في كل مرة بهذا التجميع.',
  },
};
