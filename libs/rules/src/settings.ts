import { readFileSync } from 'node:fs';
import { SettingError } from '@medflow/service-kit';
import { type Country, CountryRules, type FeeRange } from './country-rules.js';
import { tunisia } from './tunisia.js';

const countries: readonly Country[] = [tunisia];

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function isFeeRange(value: unknown): value is FeeRange {
  const { specialization, currency, from, to } = (value ?? {}) as Partial<FeeRange>;
  return (
    typeof specialization === 'string' &&
    /^[A-Z]{3}$/.test(String(currency)) &&
    isWhole(from) &&
    isWhole(to) &&
    from <= to
  );
}

function feeRangesIn(file: string): FeeRange[] {
  const wrong = (why: string) =>
    new SettingError(
      `MEDFLOW_FEE_RANGES: ${file} ${why}. It holds a JSON array like [{"specialization":"cardiology","currency":"TND","from":50000,"to":80000}], in minor units.`,
    );
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw wrong(`cannot be read (${(error as Error).message})`);
  }
  if (!Array.isArray(read)) throw wrong('is no array');
  const bad = read.findIndex((one) => !isFeeRange(one));
  if (bad >= 0) throw wrong(`says nothing that is a range at position ${bad + 1}`);
  return (read as FeeRange[]).map(({ specialization, currency, from, to }) => ({ specialization, currency, from, to }));
}

/**
 * By `MEDFLOW_COUNTRY` (ISO 3166-1 alpha-2; empty: no rules), `MEDFLOW_PUBLIC_REVIEWS` (`on` shows reviews to everybody where
 * the country would not) and `MEDFLOW_FEE_RANGES` (a JSON file instead of the country’s ranges).
 * @throws SettingError
 */
export function countryRulesOf(env: Readonly<Record<string, string | undefined>>): CountryRules {
  const { MEDFLOW_COUNTRY: wanted, MEDFLOW_PUBLIC_REVIEWS: reviews, MEDFLOW_FEE_RANGES: file } = env;
  if (reviews && reviews !== 'on' && reviews !== 'off')
    throw new SettingError(`MEDFLOW_PUBLIC_REVIEWS is neither on nor off: ${reviews}.`);
  if (!wanted) return new CountryRules();
  const country = countries.find(({ code }) => code === wanted);
  if (!country) {
    const known = countries.map(({ code }) => code).join(', ');
    throw new SettingError(
      `MEDFLOW_COUNTRY is none whose rules MedFlow knows: ${wanted}. Known: ${known}; empty: none.`,
    );
  }
  return new CountryRules(
    country,
    reviews === 'on' ? ['reviews-for-the-doctor-alone'] : [],
    file ? feeRangesIn(file) : undefined,
  );
}
