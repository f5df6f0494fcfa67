import { describe, expect, it } from 'vitest';
import { allergens } from './allergens';
import { codingOf, search } from './codes';
import { conditions } from './conditions';
import { medicines } from './medicines';
import { vaccines } from './vaccines';

const found = (list: typeof conditions, typed: string, language: 'fr' | 'en' | 'ar' = 'fr') =>
  search(list, typed).map(({ names }) => names[language]);

describe('the lists that doctors choose from', () => {
  it.each(Object.entries({ conditions, medicines, allergens, vaccines }))(
    'name each of %s once, in every language',
    (_name, list) => {
      for (const language of ['fr', 'en', 'ar'] as const) {
        const names = list.map((one) => one.names[language]);
        expect(names.filter((name) => !name)).toEqual([]);
        expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
      }
      const codes = list.flatMap(({ coding }) => coding?.code ?? []);
      expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
    },
  );

  it('have codes of the form of their systems', () => {
    for (const { coding } of conditions) expect(coding!.code).toMatch(/^[A-Z]\d{2}(\.\d)?$/);
    for (const list of [medicines, vaccines, allergens])
      for (const { coding } of list) if (coding) expect(coding.code).toMatch(/^[A-Z]\d{2}[A-Z]{0,2}(\d{2})?$/);
  });

  it('hold more than a hundred conditions and medicines', () => {
    expect(conditions.length).toBeGreaterThan(100);
    expect(medicines.length).toBeGreaterThan(100);
  });
});

describe('looking for a name', () => {
  it('does without accents, case and the order of words', () => {
    expect(found(conditions, 'epilep')).toEqual(['Épilepsie']);
    expect(found(conditions, 'ARTERIELLE hyper')).toEqual(['Hypertension artérielle']);
    expect(found(allergens, 'oeuf')).toEqual(['Œuf']);
  });

  it('finds by another language and by the code', () => {
    expect(found(conditions, 'high blood p')).toEqual(['Hypertension artérielle']);
    expect(found(medicines, 'A10BA02')).toEqual(['Metformine']);
  });

  it('finds Arabic however hamza and ta marbuta are written, with or without the article', () => {
    expect(found(allergens, 'اسبرين', 'ar')).toEqual(['أسبرين']);
    expect(found(conditions, 'سكري', 'ar')).toContain('السكري من النوع الثاني');
    expect(found(conditions, 'شقيقه', 'ar')).toEqual(['الشقيقة']);
  });

  it('puts a name that begins with it before one that has it later', () => {
    expect(found(conditions, 'diab')[0]).toBe('Diabète de type 2');
    expect(found(conditions, 'diab').at(-1)).toBe('Atteinte de la rétine par le diabète');
  });

  it('finds nothing in the middle of a word', () => {
    expect(found(conditions, 'tension arterielle')).toEqual([]);
  });
});

describe('the code of what was written', () => {
  it('is that of the name, whatever its language, accents and case', () => {
    const code = { system: 'http://hl7.org/fhir/sid/icd-10', code: 'I10' };
    expect(codingOf(conditions, 'hypertension arterielle')).toEqual(code);
    expect(codingOf(conditions, 'ارتفاع ضغط الدم')).toEqual(code);
  });

  it('is none for free text and for what has no code', () => {
    expect(codingOf(conditions, 'Hypertension artérielle sévère')).toBeUndefined();
    expect(codingOf(allergens, 'Latex')).toBeUndefined();
  });
});
