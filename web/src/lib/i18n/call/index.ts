import { withTexts } from '..';

/** What only the pages of a visit by video say. */
export const callTexts = () =>
  withTexts('call', {
    fr: async () => (await import('./fr')).callFr,
    en: async () => (await import('./en')).callEn,
    ar: async () => (await import('./ar')).callAr,
  });
