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

/** RFC 4180, one line a movement, amounts in the currency's major unit; a name cannot begin a formula. */
export function incomeCsv(lines: AsyncIterable<IncomeRead>): Readable {
  const rows = async function* () {
    for await (const { at, kind, receiptNumber, appointmentId, patient, amount, fee, currency } of lines) {
      yield [
        at.toISOString(),
        kind,
        receiptNumber ?? '',
        appointmentId,
        `${patient.firstName} ${patient.lastName}`.trim(),
        major(amount, currency),
        major(fee, currency),
        major(amount - fee, currency),
        currency,
      ];
    }
  };
  // Source of the escape: OWASP, « CSV Injection »; amounts may begin with a minus sign.
  const harmless = (value: string) => (/^[=+@\t\r]|^-(?![\d.]+$)/.test(value) ? `'${value}` : value);
  return Readable.from(rows()).pipe(
    stringify({ header: true, columns, bom: true, record_delimiter: 'windows', cast: { string: harmless } }),
  );
}
