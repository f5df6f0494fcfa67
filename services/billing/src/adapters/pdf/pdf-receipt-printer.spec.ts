import { describe, expect, it } from '@jest/globals';
import type { ReceiptContent } from '../../domain/receipt.js';
import { PdfReceiptPrinter } from './pdf-receipt-printer.js';

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

/** What a screen reader is told, in order. */
function spokenOf(pdf: Buffer): string[] {
  const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  return [...pdf.toString('latin1').matchAll(/\/ActualText \(((?:\\[\s\S]|[^\\)])*)\)/g)].map(([, escaped = '']) => {
    const bytes = Buffer.from(
      escaped.replace(/\\([\s\S])/g, (_, letter: string) => escapes[letter] ?? letter),
      'latin1',
    );
    return bytes[0] === 0xfe ? bytes.subarray(2).swap16().toString('utf16le') : bytes.toString('latin1');
  });
}

const spoken = async (over: Partial<ReceiptContent> = {}) =>
  spokenOf(await new PdfReceiptPrinter(false).print({ ...content, ...over }));

const printed = async (over: Partial<ReceiptContent> = {}) =>
  textOf(await new PdfReceiptPrinter(false).print({ ...content, ...over })).replace(/[\u00a0\u202f]/g, ' ');

describe('a receipt', () => {
  it.each(['fr', 'en', 'ar'] as const)('has the same bytes whatever was printed before it, in %s', async (language) => {
    const wanted = { ...content, language };
    const printer = new PdfReceiptPrinter();
    await printer.print({ ...content, patient: { firstName: 'Zoé', lastName: 'أمينة' } });
    const [later, again] = await Promise.all([printer.print(wanted), printer.print(wanted)]);
    const first = await new PdfReceiptPrinter().print(wanted);
    expect(later.equals(first)).toBe(true);
    expect(again.equals(first)).toBe(true);
  });

  it('says who paid whom how much for when, in French', async () => {
    const text = await printed();
    for (const said of ['2026-000042', 'Amina Ben Salah', 'Karim Trabelsi', '30 novembre 2026', '09:00', '4242'])
      expect(text).toContain(said);
    expect(text).toMatch(/\b60\sTND/);
    expect(await printed({ amount: { amount: 60_500, currency: 'TND' } })).toMatch(/\b60,500\sTND/);
  });

  it('says so in English', async () => {
    const text = await printed({ language: 'en', amount: { amount: 4_550, currency: 'EUR' } });
    for (const said of ['Payment receipt', '45.50', '30 November 2026']) expect(text).toContain(said);
  });

  it('is marked where money is not real, and only there', async () => {
    expect(await printed()).toContain('MODE TEST');
    expect(await printed({ testMode: false })).not.toContain('MODE TEST');
  });

  it('is in Arabic what it is in French, to be read aloud in the order it is written', async () => {
    const said = await spoken({ language: 'ar', patient: { firstName: 'أمينة', lastName: 'بن صالح' } });
    expect(said).toEqual(
      expect.arrayContaining([
        'إيصال دفع',
        'وضع الاختبار — بلا قيمة',
        '2026-000042',
        'أمينة بن صالح',
        'Karim Trabelsi',
      ]),
    );
    expect(said.join('\n')).toMatch(/\b60\sTND/);
    expect(said).toHaveLength((await spoken()).length);
  });

  it('tells its language, what it is made of and whose title it has', async () => {
    const source = (await new PdfReceiptPrinter(false).print({ ...content, language: 'ar' })).toString('latin1');
    expect(source).toContain('/Lang (ar)');
    expect(source).toMatch(/\/Marked true/);
    expect(source.match(/\/S \/(H1|TR)\b/g)).toHaveLength(11);
  });

  it('keeps a long name on the page, in lines, and all of it', async () => {
    const lastName = 'de la Rochefoucauld-Montbazon von Hohenzollern-Sigmaringen de Saxe';
    const long = { firstName: 'Marie-Antoinette Joséphine Wilhelmine', lastName };
    const text = await printed({ patient: long, doctor: { firstName: 'X'.repeat(100), lastName: 'Y'.repeat(100) } });
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    expect(lines.find((line) => line.startsWith('Marie-Antoinette'))?.length).toBeLessThan(60);
    expect(lines.join(' ')).toContain(`${long.firstName} ${lastName}`);
    expect(text.replace(/\s/g, '')).toContain('X'.repeat(100) + 'Y'.repeat(100));
    expect((await new PdfReceiptPrinter(false).print({ ...content, patient: long })).toString('latin1')).toContain(
      '/Count 1',
    );
  });

  it('is the same whenever it is printed', async () => {
    const printer = new PdfReceiptPrinter();
    expect((await printer.print(content)).equals(await printer.print(content))).toBe(true);
  });
});
