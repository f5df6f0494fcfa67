import i18next, { type i18n } from 'i18next';
import { describe, expect, it } from 'vitest';
import { ar } from '../lib/i18n/ar';
import { en } from '../lib/i18n/en';
import { fr } from '../lib/i18n/fr';
import { exactSentences, policySentences } from './policy';

const inLanguage = async (lng: string): Promise<i18n> => {
  const instance = i18next.createInstance();
  await instance.init({
    lng,
    resources: { fr: { translation: fr }, en: { translation: en }, ar: { translation: ar } },
    interpolation: { escapeValue: false },
    showSupportNotice: false,
  } as never);
  return instance;
};
const usual = { cutoffHours: 24, tiers: [{ hoursBefore: 0, refundPercent: 50 }] };
const stepped = {
  cutoffHours: 48,
  tiers: [
    { hoursBefore: 1, refundPercent: 20 },
    { hoursBefore: 12, refundPercent: 75 },
  ],
};

describe('a cancellation policy in words', () => {
  it('says until when all is given back, and what is afterwards', async () => {
    const { t } = await inLanguage('fr');
    expect(policySentences(usual, t)).toEqual([
      'Annulation gratuite jusqu’à 24 heures avant.',
      'Ensuite 50 % remboursés jusqu’au début.',
      'Si le docteur annule, tout est remboursé.',
    ]);
  });

  it('tells the steps in the order in which they come, and that nothing is left at the end', async () => {
    const { t } = await inLanguage('en');
    expect(policySentences(stepped, t)).toEqual([
      'Free cancellation until 48 hours before.',
      'Then 75% refunded until 12 hours before.',
      'Then 20% refunded until 1 hour before.',
      'Then no refund.',
      'If the doctor cancels, everything is refunded.',
    ]);
  });

  it('speaks of no refund only where there is a time without one', async () => {
    const { t } = await inLanguage('fr');
    expect(policySentences({ cutoffHours: 24, tiers: [] }, t)).toContain('Ensuite aucun remboursement.');
    expect(policySentences(usual, t)).not.toContain('Ensuite aucun remboursement.');
    expect(policySentences({ cutoffHours: 0, tiers: [] }, t)).toEqual([
      'Annulation gratuite jusqu’au début du rendez-vous.',
      'Si le docteur annule, tout est remboursé.',
    ]);
  });

  it.each([
    [
      '2026-12-01T10:00:00Z',
      ['Annulation gratuite jusqu’au 2026-12-08T10.', 'Ensuite 75 % remboursés jusqu’au 2026-12-09T22.'],
    ],
    ['2026-12-09T10:00:00Z', ['Si vous annulez dès maintenant : 75 % remboursés, jusqu’au 2026-12-09T22.']],
    ['2026-12-09T23:00:00Z', ['Si vous annulez dès maintenant : 20 % remboursés, jusqu’au 2026-12-10T09.']],
    ['2026-12-10T09:30:00Z', ['Aucun remboursement si vous annulez.']],
  ])('names the times of one that is known, as of %s', async (now, first) => {
    const { t } = await inLanguage('fr');
    const known = { startsAt: '2026-12-10T10:00:00Z', now: Date.parse(now), whenOf: (at: string) => at.slice(0, 13) };
    const sentences = exactSentences(stepped, known, t);
    expect(sentences.slice(0, first.length)).toEqual(first);
    expect(sentences.at(-1)).toBe('Si le docteur annule, tout est remboursé.');
  });

  it.each(['fr', 'en', 'ar'])('has words for every number of hours in %s', async (language) => {
    const { t } = await inLanguage(language);
    for (const hours of [1, 2, 3, 11, 24, 48, 100, 101, 102, 720])
      for (const sentence of policySentences({ ...stepped, cutoffHours: hours + 12 }, t))
        expect(sentence).not.toMatch(/payments\.|\{\{/);
  });
});
