import { createRequire } from 'node:module';
import { Fonts } from './fonts.js';
import { MARGIN, Page } from './page.js';
import { reserveSignature, type SignatureField } from './signature.js';

const require = createRequire(import.meta.url);

/** One family for both scripts, read once for all that this process writes. */
const fonts = new Fonts({
  regular: require.resolve('@expo-google-fonts/cairo/400Regular/Cairo_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/cairo/700Bold/Cairo_700Bold.ttf'),
});

export const locales = { fr: 'fr-FR', en: 'en-GB', ar: 'ar-TN' } as const;
export type PdfLanguage = keyof typeof locales;

export interface PdfSettings {
  readonly language: PdfLanguage;
  readonly title: string;
  readonly author: string;
  /** Stands in the document as when it was made, so that the same content gives the same bytes. */
  readonly at: Date;
  /** false: the text can be read in the bytes, for tests. */
  readonly compress?: boolean;
  /** There is to be room for one. */
  readonly signature?: SignatureField;
}

/** A4, tagged for screen readers; the same settings and drawing give the same bytes. */
export async function writePdf(
  { language, title, author, at, compress = true, signature }: PdfSettings,
  draw: (page: Page) => void,
): Promise<Buffer> {
  // Not before a document is wanted: it is as large as the rest of a service.
  const { default: PDFDocument } = await import('pdfkit');
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    compress,
    pdfVersion: '1.7',
    tagged: true,
    lang: language,
    displayTitle: true,
    info: { Title: title, Author: author, Creator: 'MedFlow', Producer: 'MedFlow', CreationDate: at, ModDate: at },
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject));
  fonts.provideTo(document);
  if (signature) reserveSignature(document, signature);
  const page = new Page(document, language);
  draw(page);
  page.close();
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

/** Western digits throughout, as Tunisia writes them. */
export const dateIn = (language: PdfLanguage, timeZone: string, at: Date, withTime = false): string =>
  new Intl.DateTimeFormat(`${locales[language]}-u-nu-latn`, {
    dateStyle: 'long',
    ...(withTime && { timeStyle: 'short' }),
    timeZone,
  }).format(at);
