import { createRequire } from 'node:module';
import { type ReceiptContent, ReceiptPrinter } from '../../domain/receipt.js';
import type { Money } from '../../domain/values.js';
import { Fonts } from './fonts.js';
import { type ReceiptTexts, receiptTexts } from './receipt-texts.js';
import { runsOf } from './visual-order.js';

const require = createRequire(import.meta.url);
/** One family for both scripts. */
const fontFiles = {
  regular: require.resolve('@expo-google-fonts/cairo/400Regular/Cairo_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/cairo/700Bold/Cairo_700Bold.ttf'),
};

const locales = { fr: 'fr-FR', en: 'en-GB', ar: 'ar-TN' } as const;
const MARGIN = 56;
const ACCENT = '#0b7285';
const MUTED = '#5c6770';
const LINE = '#d0d7de';
const WARNING = '#b02a37';

type Weight = keyof typeof fontFiles;

/** A4, one page, in the patient's language; the same content gives the same bytes. */
export class PdfReceiptPrinter extends ReceiptPrinter {
  private readonly fonts = new Fonts(fontFiles);

  /** @param compress false: the text can be read in the bytes, for tests */
  constructor(private readonly compress = true) {
    super();
  }

  async print(content: ReceiptContent): Promise<Buffer> {
    const texts = receiptTexts[content.language];
    // Not before a receipt is wanted: it is as large as the rest of billing.
    const { default: PDFDocument } = await import('pdfkit');
    const document = new PDFDocument({
      size: 'A4',
      margin: MARGIN,
      compress: this.compress,
      pdfVersion: '1.7',
      tagged: true,
      lang: content.language,
      displayTitle: true,
      info: {
        Title: `${texts.title} ${content.number}`,
        Author: content.issuer,
        Creator: 'MedFlow',
        Producer: 'MedFlow',
        CreationDate: content.issuedAt,
        ModDate: content.issuedAt,
      },
    });
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    const ended = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject));
    this.fonts.provideTo(document);
    new Page(document, content, texts).draw();
    document.end();
    await ended;
    return Buffer.concat(chunks);
  }
}

interface Style {
  size: number;
  weight?: Weight;
  color?: string;
  /** Where the line is, as the language reads. */
  side?: 'start' | 'middle' | 'end';
  inset?: number;
  dy?: number;
}

/** From the upper edge of one line to that of the next, in sizes of the font. */
const LEADING = 1.6;
/** A long name goes on below rather than over its label. */
const VALUE_SHARE = 0.68;

class Page {
  private y = MARGIN;
  private readonly isRightToLeft: boolean;
  private readonly right: number;
  private readonly width: number;
  /** What a screen reader is told the page is made of. */
  private readonly root: PDFKit.PDFStructureElement;

  constructor(
    private readonly pdf: PDFKit.PDFDocument,
    private readonly content: ReceiptContent,
    private readonly texts: ReceiptTexts,
  ) {
    this.isRightToLeft = content.language === 'ar';
    this.right = pdf.page.width - MARGIN;
    this.width = this.right - MARGIN;
    this.root = pdf.struct('Document', { lang: content.language });
    pdf.addStructure(this.root);
  }

  draw(): void {
    const { content, texts } = this;
    this.block('P', 'MedFlow', { size: 24, weight: 'bold', color: ACCENT });
    this.block('H1', texts.title, { size: 15, side: 'end', dy: 8 });
    this.y += 52;
    if (content.testMode) this.banner(texts.testMode);
    this.table([
      [texts.number, content.number, 'bold'],
      [texts.issuedAt, this.date(content.issuedAt, false)],
      [texts.issuer, content.issuer],
    ]);
    this.y += 10;
    this.table([
      [texts.patient, nameOf(content.patient), 'bold'],
      [texts.doctor, nameOf(content.doctor), 'bold'],
      [texts.service, texts.mode[content.mode]],
      [texts.visit, this.date(content.startsAt, true)],
    ]);
    this.y += 10;
    this.payment();
    this.y += 24;
    this.block('P', texts.footer, { size: 9, color: MUTED });
    this.root.end();
  }

  private payment(): void {
    const { content, texts } = this;
    this.rule();
    const table = this.pdf.struct('Table');
    this.root.add(table);
    this.total(table);
    if (content.refunded && content.refunded.amount > 0) this.row(table, texts.refunded, this.money(content.refunded));
    if (content.method) {
      const { brand, last4 } = content.method;
      this.row(table, texts.method, `${brand.toUpperCase()} •••• ${last4}`);
    }
    this.row(table, texts.payment, content.paymentId);
  }

  private total(table: PDFKit.PDFStructureElement): void {
    this.decoration((pdf) => pdf.roundedRect(MARGIN, this.y, this.width, 46, 6).fill('#e6f4f6'));
    const [inset, dy] = [14, 13];
    const row = this.pdf.struct('TR');
    table.add(row);
    this.cell(row, 'TH', this.texts.total, { size: 12, weight: 'bold', inset, dy });
    const amount = this.money(this.content.amount);
    this.cell(row, 'TD', amount, { size: 15, weight: 'bold', color: ACCENT, side: 'end', inset, dy: dy - 3 });
    this.y += 62;
  }

  private banner(text: string): void {
    this.decoration((pdf) => pdf.roundedRect(MARGIN, this.y, this.width, 32, 6).lineWidth(1.5).stroke(WARNING));
    this.block('P', text, { size: 12, weight: 'bold', color: WARNING, side: 'middle', dy: 5 });
    this.y += 48;
  }

  private rule(): void {
    this.decoration((pdf) => pdf.moveTo(MARGIN, this.y).lineTo(this.right, this.y).lineWidth(1).stroke(LINE));
    this.y += 12;
  }

  private table(rows: [label: string, value: string, weight?: Weight][]): void {
    this.rule();
    const table = this.pdf.struct('Table');
    this.root.add(table);
    for (const [label, value, weight] of rows) this.row(table, label, value, weight);
  }

  private row(table: PDFKit.PDFStructureElement, label: string, value: string, weight: Weight = 'regular'): void {
    const row = this.pdf.struct('TR');
    table.add(row);
    const style = { size: 11, weight, side: 'end' } as const;
    const lines = this.linesOf(value, style, this.width * VALUE_SHARE);
    this.cell(row, 'TH', label, { size: 10, color: MUTED, dy: 1 });
    const cell = this.element(row, 'TD', value);
    for (const [index, line] of lines.entries())
      this.write(cell, 'TD', line, { ...style, dy: index * style.size * LEADING });
    this.y += 25 + (lines.length - 1) * style.size * LEADING;
  }

  private cell(row: PDFKit.PDFStructureElement, type: 'TH' | 'TD', text: string, style: Style): void {
    this.write(this.element(row, type, text), type, text, style);
  }

  private block(type: 'H1' | 'P', text: string, style: Style): void {
    this.write(this.element(this.root, type, text), type, text, style);
  }

  /** Says its text as it is read, not as it is drawn: runs turned round and joined letters would be spoken wrong. */
  private element(parent: PDFKit.PDFStructureElement, type: string, text: string): PDFKit.PDFStructureElement {
    const element = this.pdf.struct(type, { actual: text, ...(type === 'TH' && { scope: 'Row' }) });
    parent.add(element);
    return element;
  }

  /** What is only to look at is passed over by screen readers. */
  private decoration(draw: (pdf: PDFKit.PDFDocument) => void): void {
    this.pdf.markContent('Artifact', { type: 'Layout' });
    draw(this.pdf);
    this.pdf.endMarkedContent();
  }

  /** One line, at the start or the end of the page as the language reads. */
  private write(
    parent: PDFKit.PDFStructureElement,
    type: string,
    text: string,
    { size, weight = 'regular', color = '#1f2328', side = 'start', inset = 0, dy = 0 }: Style,
  ): void {
    const width = this.widthOf(text, weight, size);
    const atRight = (side === 'end') !== this.isRightToLeft;
    const edge = atRight ? this.right - inset - width : MARGIN + inset;
    const x = side === 'middle' ? (this.pdf.page.width - width) / 2 : edge;
    parent.add(this.pdf.markStructureContent(type));
    this.runs(text, x, this.y + dy, weight, size, color);
    this.pdf.endMarkedContent();
  }

  /** Broken between words, within one only where it is longer than a line. */
  private linesOf(text: string, { size, weight = 'regular' }: Style, width: number): string[] {
    const fits = (line: string) => this.widthOf(line, weight, size) <= width;
    const lines: string[] = [];
    let line = '';
    for (const word of text.split(' ')) {
      const longer = line ? `${line} ${word}` : word;
      if (fits(longer)) {
        line = longer;
        continue;
      }
      if (line) lines.push(line);
      line = '';
      for (const letter of word) {
        if (line && !fits(line + letter)) {
          lines.push(line);
          line = '';
        }
        line += letter;
      }
    }
    return [...lines, line];
  }

  private ordered(text: string): { text: string; options: PDFKit.Mixins.TextOptions }[] {
    return runsOf(text, this.isRightToLeft ? 'rtl' : 'ltr').map((run) => ({
      text: run.text,
      // A feature makes the library shape the run whole instead of word by word.
      options: { lineBreak: false, ...(run.isRightToLeft && { features: ['rtla'] as never }) },
    }));
  }

  private widthOf(text: string, weight: Weight, size: number): number {
    this.pdf.font(weight).fontSize(size);
    return this.ordered(text).reduce((sum, run) => sum + this.pdf.widthOfString(run.text, run.options), 0);
  }

  private runs(text: string, x: number, y: number, weight: Weight, size: number, color: string): void {
    this.pdf.font(weight).fontSize(size).fillColor(color);
    let at = x;
    for (const run of this.ordered(text)) {
      this.pdf.text(run.text, at, y, run.options);
      at += this.pdf.widthOfString(run.text, run.options);
    }
  }

  private date(at: Date, withTime: boolean): string {
    const { language, timeZone } = this.content;
    // Western digits throughout, as Tunisia writes them.
    return new Intl.DateTimeFormat(`${locales[language]}-u-nu-latn`, {
      dateStyle: 'long',
      ...(withTime && { timeStyle: 'short' }),
      timeZone,
    }).format(at);
  }

  private money({ amount, currency }: Money): string {
    const format = (whole: boolean) =>
      new Intl.NumberFormat(`${locales[this.content.language]}-u-nu-latn`, {
        style: 'currency',
        currency,
        currencyDisplay: 'code',
        ...(whole && { maximumFractionDigits: 0 }),
      });
    const major = amount / 10 ** (format(false).resolvedOptions().maximumFractionDigits ?? 2);
    return format(Number.isInteger(major)).format(major);
  }
}

const nameOf = ({ firstName, lastName }: { firstName: string; lastName: string }): string =>
  `${firstName} ${lastName}`.trim() || '—';
