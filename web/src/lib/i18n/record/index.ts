import { withTexts } from '..';

/** Comes with the first page of a medical record, not with the first page. */
export const recordTexts = (): Promise<void> =>
  withTexts('record', {
    fr: async () => (await import('./fr')).recordFr,
    en: async () => (await import('./en')).recordEn,
    ar: async () => (await import('./ar')).recordAr,
  });
