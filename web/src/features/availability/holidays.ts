import { addDays } from '../../lib/format';

export interface Holiday {
  /** `YYYY-MM-DD` */
  date: string;
  name: string;
}

const A_YEAR = 365;

/** `MM-DD`. Source of both: Tunisian presidential decree 2021-223 of 7 December 2021. */
const fixed: Readonly<Record<string, string>> = {
  '01-01': 'newYear',
  '03-20': 'independence',
  '04-09': 'martyrs',
  '05-01': 'labour',
  '07-25': 'republic',
  '08-13': 'women',
  '10-15': 'evacuation',
  '12-17': 'revolution',
};

/** Month and day of the Hijri year; where the moon is seen later, they are a day later. */
const lunar: Readonly<Record<string, string>> = {
  '1/1': 'hijriYear',
  '3/12': 'mawlid',
  '10/1': 'fitr',
  '10/2': 'fitr',
  '10/3': 'fitr',
  '12/10': 'adha',
  '12/11': 'adha',
};

const hijri = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura', {
  timeZone: 'UTC',
  month: 'numeric',
  day: 'numeric',
});

/** Month and day of the Hijri year, `9/1`: by the calendar of Umm al-Qura, which is computed. */
export function hijriOf(day: string): string {
  const parts = hijri.formatToParts(new Date(`${day}T12:00:00Z`));
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${Number(of('month'))}/${Number(of('day'))}`;
}

/** The public holidays of the year from that day on, in Tunisia; of other countries we know none. */
export function holidaysFrom(day: string, timeZone: string): Holiday[] {
  if (timeZone !== 'Africa/Tunis') return [];
  return Array.from({ length: A_YEAR }, (_, days) => addDays(day, days)).flatMap((date) => {
    const name = fixed[date.slice(5)] ?? lunar[hijriOf(date)];
    return name ? [{ date, name }] : [];
  });
}
