import { ACCENT, dateIn, locales, MUTED, type Page, writePdf } from '@medflow/pdf';
import { type ReceiptContent, ReceiptPrinter } from '../../domain/receipt.js';
import type { Money } from '../../domain/values.js';
import { receiptTexts } from './receipt-texts.js';

/** A4, one page, in the patient's language; the same content gives the same bytes. */
export class PdfReceiptPrinter extends ReceiptPrinter {
  /** @param compress false: the text can be read in the bytes, for tests */
  constructor(private readonly compress = true) {
    super();
  }

  print(content: ReceiptContent): Promise<Buffer> {
    const title = `${receiptTexts[content.language].title} ${content.number}`;
    const { language, issuer: author, issuedAt: at } = content;
    return writePdf({ language, title, author, at, compress: this.compress }, (page) => draw(page, content));
  }
}

function draw(page: Page, content: ReceiptContent): void {
  const texts = receiptTexts[content.language];
  const date = (at: Date, withTime: boolean) => dateIn(content.language, content.timeZone, at, withTime);
  page.block('P', 'MedFlow', { size: 24, weight: 'bold', color: ACCENT });
  page.block('H1', texts.title, { size: 15, side: 'end', dy: 8 });
  page.skip(52);
  if (content.testMode) page.banner(texts.testMode);
  page.table([
    [texts.number, content.number, 'bold'],
    [texts.issuedAt, date(content.issuedAt, false)],
    [texts.issuer, content.issuer],
  ]);
  page.skip(10);
  page.table([
    [texts.patient, nameOf(content.patient), 'bold'],
    [texts.doctor, nameOf(content.doctor), 'bold'],
    [texts.service, texts.mode[content.mode]],
    [texts.visit, date(content.startsAt, true)],
  ]);
  page.skip(10);
  drawPayment(page, content);
  page.skip(24);
  page.block('P', texts.footer, { size: 9, color: MUTED });
}

function drawPayment(page: Page, content: ReceiptContent): void {
  const texts = receiptTexts[content.language];
  const money = (sum: Money) => moneyIn(content.language, sum);
  const table = page.table([]);
  page.total(table, texts.total, money(content.amount));
  if (content.refunded && content.refunded.amount > 0) page.row(table, texts.refunded, money(content.refunded));
  if (content.method) {
    const { brand, last4 } = content.method;
    page.row(table, texts.method, `${brand.toUpperCase()} •••• ${last4}`);
  }
  page.row(table, texts.payment, content.paymentId);
}

function moneyIn(language: ReceiptContent['language'], { amount, currency }: Money): string {
  const format = (whole: boolean) =>
    new Intl.NumberFormat(`${locales[language]}-u-nu-latn`, {
      style: 'currency',
      currency,
      currencyDisplay: 'code',
      ...(whole && { maximumFractionDigits: 0 }),
    });
  const major = amount / 10 ** (format(false).resolvedOptions().maximumFractionDigits ?? 2);
  return format(Number.isInteger(major)).format(major);
}

const nameOf = ({ firstName, lastName }: { firstName: string; lastName: string }): string =>
  `${firstName} ${lastName}`.trim() || '—';
