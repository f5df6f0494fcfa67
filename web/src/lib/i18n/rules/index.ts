import { withTexts } from '..';

/** Comes with the page of the country's rules. */
export const rulesTexts = (): Promise<void> =>
  withTexts('rules', {
    fr: async () => (await import('./fr')).rulesFr,
    en: async () => (await import('./en')).rulesEn,
    ar: async () => (await import('./ar')).rulesAr,
  });
