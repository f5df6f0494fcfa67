import { describe, expect, it } from '@jest/globals';
import type { ReceiptContent } from '../../domain/receipt.js';
import { PdfReceiptPrinter } from './pdf-receipt-printer.js';
import { runsOf } from './visual-order.js';

const content: ReceiptContent = {
  number: '2026-000042',
  issuedAt: new Date('2026-11-23T10:00:00Z'),
  language: 'fr',
  timeZone: 'Africa/Tunis',
  patient: { firstName: 'Amina', lastName: 'Ben Salah' },
  doctor: { firstName: 'Karim', lastName: 'Trabelsi' },
  startsAt: new Date('2026-11-30T08:00:00Z'),
  mode: 'video',
  amount: { amount: 60_000, currency: 'TND' },
  refunded: null,
  method: { brand: 'visa', last4: '4242' },
  paymentId: '01935a6e-0000-7000-8000-000000000030',
  testMode: true,
  issuer: 'Cabinet El Menzah',
};

/** What is on the page, glyph by glyph in the order drawn, through the fonts' own maps back to Unicode. */
function textOf(pdf: Buffer): string {
  const source = pdf.toString('latin1');
  const maps = [...source.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)].map(([, body = '']) => {
    const [, first = '0', list = ''] = /<(\w+)> <\w+> \[([\s\S]*)\]/.exec(body) ?? [];
    const codes = [...list.matchAll(/<([\w ]+)>/g)].map(([, hex = '']) =>
      hex
        .split(' ')
        .map((unit) => String.fromCodePoint(Number.parseInt(unit, 16)))
        .join(''),
    );
    return new Map(codes.map((code, index) => [Number.parseInt(first, 16) + index, code]));
  });
  const fontOrder = [...source.matchAll(/\/(F\d+) \d+(?:\.\d+)? Tf|\[([^\]]*)\] TJ/g)];
  const names = [...new Set(fontOrder.map(([, name]) => name).filter((name) => name !== undefined))].sort();
  let font = 0;
  return fontOrder
    .map(([, name, glyphs]) => {
      if (name !== undefined) {
        font = names.indexOf(name);
        return '';
      }
      const hex = [...(glyphs ?? '').matchAll(/<(\w+)>/g)].map(([, run]) => run).join('');
      return (hex.match(/.{4}/g) ?? []).map((code) => maps[font]?.get(Number.parseInt(code, 16)) ?? '').join('');
    })
    .join('\n');
}

const printed = async (over: Partial<ReceiptContent> = {}) =>
  textOf(await new PdfReceiptPrinter(false).print({ ...content, ...over })).replace(/[\u00a0\u202f]/g, ' ');

describe('a receipt', () => {
  it('says who paid whom how much for when, in French', async () => {
    const text = await printed();
    for (const said of [
      '2026-000042',
      'Amina Ben Salah',
      'Karim Trabelsi',
      '60,000',
      '30 novembre 2026',
      '09:00',
      '4242',
    ])
      expect(text).toContain(said);
  });

  it('says so in English', async () => {
    const text = await printed({ language: 'en', amount: { amount: 4_550, currency: 'EUR' } });
    for (const said of ['Payment receipt', '45.50', '30 November 2026']) expect(text).toContain(said);
  });

  it('is marked where money is not real, and only there', async () => {
    expect(await printed()).toContain('MODE TEST');
    expect(await printed({ testMode: false })).not.toContain('MODE TEST');
  });

  it('is the same whenever it is printed', async () => {
    const printer = new PdfReceiptPrinter();
    expect((await printer.print(content)).equals(await printer.print(content))).toBe(true);
  });
});

describe('runs of a line', () => {
  const drawn = (text: string, direction: 'ltr' | 'rtl') => runsOf(text, direction).map((run) => run.text);

  it('puts numbers and Latin names where an Arabic line has them', () => {
    expect(drawn('صدر في 23 نوفمبر', 'rtl')).toEqual([' نوفمبر', '23', 'صدر في ']);
    expect(drawn('المريض Amina Ben', 'rtl')).toEqual(['Amina Ben', 'المريض ']);
  });

  it('leaves a Latin line as it is', () => {
    expect(drawn('Amina Ben Salah, 60,000 TND', 'ltr')).toEqual(['Amina Ben Salah, 60,000 TND']);
  });
});
