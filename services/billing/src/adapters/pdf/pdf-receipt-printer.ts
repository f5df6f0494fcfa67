import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { type ReceiptContent, ReceiptPrinter } from '../../domain/receipt.js';
import type { Money } from '../../domain/values.js';
import { type ReceiptTexts, receiptTexts } from './receipt-texts.js';
import { runsOf } from './visual-order.js';

const require = createRequire(import.meta.url);
/** One family for both scripts. */
const fonts = {
  regular: require.resolve('@expo-google-fonts/cairo/400Regular/Cairo_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/cairo/700Bold/Cairo_700Bold.ttf'),
};

const locales = { fr: 'fr-FR', en: 'en-GB', ar: 'ar-TN' } as const;
const MARGIN = 56;
const ACCENT = '#0b7285';
const MUTED = '#5c6770';
const LINE = '#d0d7de';
const WARNING = '#b02a37';

type Weight = keyof typeof fonts;

/** A4, one page, in the patient's language; the same content gives the same bytes. */
export class PdfReceiptPrinter extends ReceiptPrinter {
  /** @param compress false: the text can be read in the bytes, for tests */
  constructor(private readonly compress = true) {
    super();
  }

  async print(content: ReceiptContent): Promise<Buffer> {
    const texts = receiptTexts[content.language];
    const document = new PDFDocument({
      size: 'A4',
      margin: MARGIN,
      compress: this.compress,
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
    for (const [name, file] of Object.entries(fonts)) document.registerFont(name, file);
    new Page(document, content, texts).draw();
    document.end();
    await ended;
    return Buffer.concat(chunks);
  }
}

class Page {
  private y = MARGIN;
  private readonly isRightToLeft: boolean;
  private readonly right: number;

  constructor(
    private readonly pdf: PDFKit.PDFDocument,
    private readonly content: ReceiptContent,
    private readonly texts: ReceiptTexts,
  ) {
    this.isRightToLeft = content.language === 'ar';
    this.right = pdf.page.width - MARGIN;
  }

  draw(): void {
    const { content, texts } = this;
    this.write('MedFlow', { size: 24, weight: 'bold', color: ACCENT });
    this.write(texts.title, { size: 15, side: 'end', dy: 8 });
    this.y += 44;
    if (content.testMode) this.banner(texts.testMode);
    this.rule();
    this.row(texts.number, content.number, 'bold');
    this.row(texts.issuedAt, this.date(content.issuedAt, false));
    this.row(texts.issuer, content.issuer);
    this.y += 10;
    this.rule();
    this.row(texts.patient, nameOf(content.patient), 'bold');
    this.row(texts.doctor, nameOf(content.doctor), 'bold');
    this.row(texts.service, texts.mode[content.mode]);
    this.row(texts.visit, this.date(content.startsAt, true));
    this.y += 10;
    this.rule();
    this.total();
    if (content.refunded && content.refunded.amount > 0) this.row(texts.refunded, this.money(content.refunded));
    if (content.method) {
      const { brand, last4 } = content.method;
      this.row(texts.method, `${brand.toUpperCase()} •••• ${last4}`);
    }
    this.row(texts.payment, content.paymentId);
    this.y += 24;
    this.write(texts.footer, { size: 9, color: MUTED });
  }

  private total(): void {
    const { pdf } = this;
    pdf.roundedRect(MARGIN, this.y, this.right - MARGIN, 46, 6).fill('#e6f4f6');
    const [inset, dy] = [14, 13];
    this.write(this.texts.total, { size: 12, weight: 'bold', inset, dy });
    this.write(this.money(this.content.amount), {
      size: 15,
      weight: 'bold',
      color: ACCENT,
      side: 'end',
      inset,
      dy: dy - 3,
    });
    this.y += 62;
  }

  private banner(text: string): void {
    const { pdf } = this;
    pdf
      .roundedRect(MARGIN, this.y, this.right - MARGIN, 32, 6)
      .lineWidth(1.5)
      .stroke(WARNING);
    const width = this.widthOf(text, 'bold', 12);
    this.runs(text, (pdf.page.width - width) / 2, this.y + 5, 'bold', 12, WARNING);
    this.y += 46;
  }

  private rule(): void {
    this.pdf.moveTo(MARGIN, this.y).lineTo(this.right, this.y).lineWidth(1).stroke(LINE);
    this.y += 12;
  }

  private row(label: string, value: string, weight: Weight = 'regular'): void {
    this.write(label, { size: 10, color: MUTED, dy: 1 });
    this.write(value, { size: 11, weight, side: 'end' });
    this.y += 25;
  }

  /** At the start or the end of the line, as the language reads. */
  private write(
    text: string,
    {
      size,
      weight = 'regular',
      color = '#1f2328',
      side = 'start',
      inset = 0,
      dy = 0,
    }: { size: number; weight?: Weight; color?: string; side?: 'start' | 'end'; inset?: number; dy?: number },
  ): void {
    const atRight = (side === 'end') !== this.isRightToLeft;
    const x = atRight ? this.right - inset - this.widthOf(text, weight, size) : MARGIN + inset;
    this.runs(text, x, this.y + dy, weight, size, color);
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
    const format = new Intl.NumberFormat(`${locales[this.content.language]}-u-nu-latn`, {
      style: 'currency',
      currency,
      currencyDisplay: 'code',
    });
    const { maximumFractionDigits: digits = 2 } = format.resolvedOptions();
    return format.format(amount / 10 ** digits);
  }
}

const nameOf = ({ firstName, lastName }: { firstName: string; lastName: string }): string =>
  `${firstName} ${lastName}`.trim() || '—';
