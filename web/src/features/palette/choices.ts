import { dayIn } from '../../lib/date-words';

export interface Choice {
  /** Where it leads. */
  to: string;
  label: string;
  /** Said beside it. */
  note?: string;
}

export interface ChoiceGroup {
  name: string;
  choices: Choice[];
}

const wordsOf = (text: string): string[] =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().split(/\s+/).filter(Boolean);

/** Those of whose words each one that was typed begins some; all of them while nothing is typed. */
export const choicesFor = (typed: string, choices: readonly Choice[]): Choice[] =>
  choices.filter(({ label }) => wordsOf(typed).every((word) => wordsOf(label).some((one) => one.startsWith(word))));

/** The day that was typed, as a page of the agenda. */
export function dayFor(
  typed: string,
  { language, today, labelOf }: { language: string; today: string; labelOf: (day: string) => string },
): Choice[] {
  const day = dayIn(typed, language, today);
  return day === undefined ? [] : [{ to: `/agenda?day=${day}`, label: labelOf(day) }];
}

/** Which choice is marked after a step up or down, around both ends. */
export const stepTo = (marked: number, by: 1 | -1, count: number): number =>
  count === 0 ? 0 : (marked + by + count) % count;
