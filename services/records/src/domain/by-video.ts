import { type CountryRules, RefusedByRule } from '@medflow/rules';
import type { EntryContent } from './entry.js';

/** After a visit by video, what is written counts as following from it for so long, unless the two met in person since. */
export const FOLLOWS_FOR_DAYS = 30;

/** A certificate after a visit by video. */
export class CertificateByVideo extends RefusedByRule {
  readonly code = 'certificate-by-video';

  constructor() {
    super('no-certificate-by-video');
  }
}

/** Medicines that need the patient in person were prescribed after a visit by video. */
export class MedicineByVideo extends RefusedByRule {
  readonly code = 'medicine-by-video';
  readonly faults: { field: string; code: string }[];

  /** @param items positions of those that are prescribed, from 0 */
  constructor(items: readonly number[]) {
    super('no-controlled-medicine-by-video');
    this.faults = items.map((at) => ({ field: `items.${at}.label`, code: 'medicine-by-video' }));
  }
}

/** Why it may not follow from a visit by video; undefined: it may. */
export function refusalByVideo(content: EntryContent, rules: CountryRules): RefusedByRule | undefined {
  if (content.kind === 'certificate' && rules.applies('no-certificate-by-video')) return new CertificateByVideo();
  if (content.kind !== 'prescription' || !rules.applies('no-controlled-medicine-by-video')) return undefined;
  const controlled = content.items.flatMap(({ label, code }, at) =>
    rules.isControlled({ name: label, ...(code && { atc: code.code }) }) ? [at] : [],
  );
  return controlled.length > 0 ? new MedicineByVideo(controlled) : undefined;
}
