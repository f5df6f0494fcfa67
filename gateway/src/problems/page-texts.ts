/** What happened, what it means, what to do. */
export type ProblemText = readonly [title: string, meaning: string, advice: string];

export interface PageTexts {
  language: string;
  means: string;
  advice: string;
  code: string;
  again: string;
  home: string;
  problems: Readonly<Record<string, ProblemText>>;
}
