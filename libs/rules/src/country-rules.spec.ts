import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { CountryRules, ruleIds } from './index.js';
import { countryRulesOf } from './settings.js';
import { tunisia } from './tunisia.js';

const folder = mkdtempSync(join(tmpdir(), 'medflow-rules-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function inFile(content: unknown): string {
  const file = join(folder, `${Math.random()}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

describe('the rules of an installation', () => {
  it('are none unless a country is chosen', () => {
    const none = countryRulesOf({});
    expect([none.country, none.rules, none.feeRanges]).toEqual([undefined, [], []]);
    expect(ruleIds.some((id) => none.applies(id))).toBe(false);
    expect(none.isControlled({ name: 'Morphine', atc: 'N02AA01' })).toBe(false);
  });

  it('are all those of Tunisia, each a sentence in three languages with its source', () => {
    const { country, rules } = countryRulesOf({ MEDFLOW_COUNTRY: 'TN' });
    expect(country).toBe('TN');
    expect(rules.map(({ id }) => id)).toEqual([...ruleIds]);
    for (const { sentence, source } of rules) {
      expect(Object.keys(sentence).sort()).toEqual(['ar', 'en', 'fr']);
      for (const text of Object.values(sentence)) expect(text).toMatch(/\.$/);
      expect(source.title.length).toBeGreaterThan(20);
    }
  });

  it('leave reviews public where the operator decides so, and nothing else', () => {
    const rules = countryRulesOf({ MEDFLOW_COUNTRY: 'TN', MEDFLOW_PUBLIC_REVIEWS: 'on' });
    expect(ruleIds.filter((id) => !rules.applies(id))).toEqual(['reviews-for-the-doctor-alone']);
  });

  it.each([
    [{ MEDFLOW_COUNTRY: 'tn' }, 'MEDFLOW_COUNTRY'],
    [{ MEDFLOW_COUNTRY: 'Tunisia' }, 'Known: TN'],
    [{ MEDFLOW_PUBLIC_REVIEWS: 'yes' }, 'neither on nor off'],
    [{ MEDFLOW_COUNTRY: 'TN', MEDFLOW_FEE_RANGES: '/nowhere.json' }, 'cannot be read'],
  ])('are refused when they mean nothing: %j', (env, why) => {
    expect(() => countryRulesOf(env)).toThrow(why);
  });
});

describe('ranges of fees', () => {
  const env = (file: string) => ({ MEDFLOW_COUNTRY: 'TN', MEDFLOW_FEE_RANGES: file });

  it('come with the country, each from less to more', () => {
    const { feeRanges } = countryRulesOf({ MEDFLOW_COUNTRY: 'TN' });
    expect(feeRanges).toContainEqual({ specialization: 'cardiology', currency: 'TND', from: 50_000, to: 80_000 });
    expect(feeRanges.every(({ from, to }) => from < to)).toBe(true);
  });

  it('are replaced by a file of the operator', () => {
    const range = { specialization: 'dentistry', currency: 'TND', from: 40_000, to: 40_000 };
    expect(countryRulesOf(env(inFile([{ ...range, note: 'checked' }]))).feeRanges).toEqual([range]);
  });

  it.each([
    ['{', 'cannot be read'],
    [{}, 'is no array'],
    [[{ specialization: 'dentistry', currency: 'TND', from: 2, to: 1 }], 'at position 1'],
    [[{ specialization: 'dentistry', currency: 'dinar', from: 1, to: 2 }], 'at position 1'],
    [[null], 'at position 1'],
  ])('are refused when the file says something else: %j', (content, why) => {
    expect(() => countryRulesOf(env(inFile(content)))).toThrow(why);
  });
});

describe('medicines that are not prescribed by video', () => {
  const rules = new CountryRules(tunisia);

  it.each([
    [{ atc: 'N02AA01', name: 'Skenan' }, true],
    [{ atc: 'n05ba12', name: 'Xanax' }, true],
    [{ name: 'Morphine sulfate 10 mg' }, true],
    [{ name: 'MÉTHADONE' }, true],
    [{ name: 'Paracétamol/codéine' }, true],
    [{ atc: 'C09AA02', name: 'Énalapril' }, false],
    [{ name: 'Paracétamol 500 mg' }, false],
    [{ name: 'Apomorphine' }, false],
    [{ name: '' }, false],
  ])('are known by their code or by their name: %j', (medicine, isControlled) => {
    expect(rules.isControlled(medicine)).toBe(isControlled);
  });
});
