import { describe, expect, it } from '@jest/globals';
import { joined, normalise, queryWords, wordsOf } from './normalise.js';

describe('normalise', () => {
  it.each([
    ['GABÈS', 'gabes'],
    ['Gabe\u0300s', 'gabes'],
    ['Sœur Æsa Straße', 'soeur aesa strasse'],
    ['İstanbul', 'istanbul'],
    ['ﬁn', 'fin'],
  ])('takes %s for %s', (typed, plain) => expect(normalise(typed)).toBe(plain));

  it.each([
    ['alef with hamza above and below, madda, wasla', ['أحمد', 'إحمد', 'آحمد', 'ٱحمد', 'احمد']],
    ['ta marbuta and ha', ['فاطمة', 'فاطمه']],
    ['alef maqsura and ya', ['مصطفى', 'مصطفي']],
    ['tashkeel and tatweel', ['مُحَمَّد', 'محـــمد', 'محمد']],
    ['hamza on its seats', ['رؤوف', 'رووف']],
    ['hamza of its own', ['علاء', 'علا']],
    ['presentation forms', ['ﻣﺤﻤﺪ', 'محمد']],
  ])('takes Arabic spellings for one: %s', (_, spellings) => {
    expect(new Set(spellings.map(normalise)).size).toBe(1);
  });
});

describe('wordsOf', () => {
  it('splits at everything that is neither letter nor digit, each word once', () => {
    expect(wordsOf('Ben-Salah, M’hamed ben')).toEqual(['ben', 'salah', 'm', 'hamed']);
  });

  it('drops the Arabic article, but not from words that would be left with nothing', () => {
    expect(wordsOf('القلب الى')).toEqual(['قلب', 'الي']);
  });

  it('has a gapless form for names that some write in one word', () => {
    expect([joined('Ben Salah'), joined('M’hamed')]).toEqual(['bensalah', 'mhamed']);
  });
});

describe('queryWords', () => {
  it('passes over titles and connecting words', () => {
    expect(queryWords('Dr. Karim, cardiologue à Tunis')).toEqual(['karim', 'cardiologue', 'tunis']);
    expect(queryWords('الدكتور كريم')).toEqual(['كريم']);
    expect(queryWords(' dr ')).toEqual([]);
  });

  it('looks for eight words at most', () => {
    expect(queryWords(Array.from({ length: 50 }, (_, n) => `mot${n}`).join(' '))).toHaveLength(8);
  });
});
