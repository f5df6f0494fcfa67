/** Languages that MedFlow speaks. */
export type Locale = 'fr' | 'en' | 'ar';

export const ruleIds = [
  'video-after-examination',
  'video-where-suitable',
  'no-certificate-by-video',
  'no-controlled-medicine-by-video',
  'reviews-for-the-doctor-alone',
  'fees-within-range',
] as const;

export type RuleId = (typeof ruleIds)[number];

/** Where a rule stands. */
export interface Source {
  /** As it is cited, in the language of the text. */
  readonly title: string;
  readonly date?: string;
}

/** What a country asks of a practice, as a sentence that a doctor can read. */
export interface Rule {
  readonly id: RuleId;
  readonly sentence: Readonly<Record<Locale, string>>;
  readonly source: Source;
}

/** What a consultation of a specialty usually costs there, both ends included, in minor units. */
export interface FeeRange {
  readonly specialization: string;
  readonly currency: string;
  readonly from: number;
  readonly to: number;
}

/** Medicines that need more than a look through a camera. */
export interface ControlledMedicines {
  /** ATC codes, whole or their beginnings. */
  readonly atc: readonly string[];
  /** International nonproprietary names, in small letters without accents, French and English: for what has no code. */
  readonly names: readonly string[];
}

export interface Country {
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  readonly rules: readonly Rule[];
  readonly controlledMedicines: ControlledMedicines;
  readonly feeRanges: readonly FeeRange[];
}

/** Without accents and case, its words only. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ');

/** The rules that this installation applies: those of its country that its operator has not lifted, or none. */
export class CountryRules {
  /** ISO 3166-1 alpha-2; undefined: none was chosen. */
  readonly country?: string;
  readonly rules: readonly Rule[];
  readonly feeRanges: readonly FeeRange[];
  private readonly controlled: ControlledMedicines;

  /**
   * @param lifted rules that the operator has decided otherwise about
   * @param feeRanges instead of the country's
   */
  constructor(country?: Country, lifted: readonly RuleId[] = [], feeRanges = country?.feeRanges ?? []) {
    if (country) this.country = country.code;
    this.rules = (country?.rules ?? []).filter(({ id }) => !lifted.includes(id));
    this.feeRanges = this.applies('fees-within-range') ? feeRanges : [];
    this.controlled = country?.controlledMedicines ?? { atc: [], names: [] };
  }

  applies(id: RuleId): boolean {
    return this.rules.some((rule) => rule.id === id);
  }

  /** By its code or, whatever the code, by its name, which may stand among other words (« Morphine sulfate 10 mg »). */
  isControlled(medicine: { readonly atc?: string; readonly name: string }): boolean {
    const { atc, names } = this.controlled;
    const words = ` ${plain(medicine.name)} `;
    return (
      atc.some((code) => medicine.atc?.toUpperCase().startsWith(code)) ||
      names.some((name) => words.includes(` ${name} `))
    );
  }
}
