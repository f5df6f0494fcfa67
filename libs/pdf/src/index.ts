export { dateIn, locales, type PdfLanguage, type PdfSettings, writePdf } from './document.js';
export { ACCENT, MUTED, Page, type Style, WARNING, type Weight } from './page.js';
export { reserveSignature, signPdf, type SignatureField } from './signature.js';
export { runsOf } from './visual-order.js';
