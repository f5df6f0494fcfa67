import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { IncomeRead } from '../../application/read-income.js';

const columns = ['date', 'kind', 'receipt', 'appointment', 'patient', 'amount', 'fee', 'net', 'currency'];

const digitsOf = new Map<string, number>();

/** Decimals of a currency, by ISO 4217. */
function decimalsOf(currency: string): number {
  const known = digitsOf.get(currency);
  if (known !== undefined) return known;
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  digitsOf.set(currency, digits);
  return digits;
}

const major = (amount: number, currency: string): string =>
  (amount / 10 ** decimalsOf(currency)).toFixed(decimalsOf(currency));

/**
 * What opens a formula, at the start of a cell or of what a reader that separates by another character takes for one,
 * also behind blanks, invisible characters and quotes. Source: OWASP, « CSV Injection »; the wide signs are taken for the
 * narrow ones by spreadsheets.
 */
const FORMULA = /(^|[;,|\t\r\n])(?=[\s\p{Cf}"'“”«»]*[=+\-@＝＋－＠])/gu;

/** A text that no spreadsheet runs: what would begin a formula follows an apostrophe. */
export const harmless = (text: string): string => text.replace(FORMULA, "$1'");

/**
 * RFC 4180, one line a movement, amounts in the currency's major unit. Cells are quoted for readers that separate by
 * commas and for those that separate by semicolons.
 */
export function incomeCsv(lines: AsyncIterable<IncomeRead>): Readable {
  const rows = async function* () {
    for await (const { at, kind, receiptNumber, appointmentId, patient, amount, fee, currency } of lines) {
      const texts = [at.toISOString(), kind, receiptNumber ?? '', appointmentId];
      const name = `${patient.firstName} ${patient.lastName}`.trim();
      const amounts = [amount, fee, amount - fee].map((moved) => major(moved, currency));
      // Amounts stay numbers, a minus sign before them included.
      yield [...[...texts, name].map(harmless), ...amounts, harmless(currency)];
    }
  };
  return Readable.from(rows()).pipe(
    stringify({ header: true, columns, bom: true, record_delimiter: 'windows', quoted_match: /[;,"\t\r\n]/ }),
  );
}
