import { ACCENT, dateIn, MUTED, type Page, type Style, writePdf } from '@medflow/pdf';
import { encode } from 'uqr';
import type { PrescribedItem } from '../../domain/entry.js';
import type { PaperContent } from '../../domain/papers.js';
import { type PaperTexts, paperTexts } from './paper-texts.js';
import { specialtyNames } from './specialty-names.js';

const TEXT: Style = { size: 11 };
const SMALL: Style = { size: 9, color: MUTED };
const QR_POINTS = 96;

const nameOf = ({ firstName, lastName }: { firstName: string; lastName: string }): string =>
  `${firstName} ${lastName}`.trim() || '—';

/** In a direction of its own: a French address in an Arabic paper begins with its number (UAX #9, FSI and PDI). */
const isolated = (text: string): string => `\u2068${text}\u2069`;

/** A4, in the language of whoever reads it, with room for a signature. */
export function printPaper(content: PaperContent, compress = true): Promise<Buffer> {
  const texts = paperTexts[content.language];
  const { language, doctor, issuedAt: at } = content;
  const author = nameOf(doctor);
  const signature = { name: author, at, reason: texts.reason };
  // A title that says nothing of what is in it: readers show it in lists.
  const title = `${texts.title[content.kind]} — MedFlow`;
  return writePdf({ language, title, author, at, compress, signature }, (page) => draw(page, content, texts));
}

function draw(page: Page, content: PaperContent, texts: PaperTexts): void {
  const { doctor, patient, language } = content;
  const date = (at: Date, timeZone = doctor.timeZone) => dateIn(language, timeZone, at);
  drawLetterhead(page, content, texts);
  page.skip(14);
  page.paragraph('H1', texts.title[content.kind], { size: 18, weight: 'bold', color: ACCENT });
  page.skip(8);
  page.table([
    [texts.patient, nameOf(patient), 'bold'],
    ...(patient.birthDate
      ? [[texts.born, date(new Date(`${patient.birthDate}T00:00:00Z`), 'UTC')] as [string, string]]
      : []),
    [texts.date, date(content.writtenAt)],
  ]);
  page.skip(6);
  page.rule();
  page.paragraph('H2', content.label, { size: 13, weight: 'bold' });
  page.skip(6);
  for (const [index, item] of content.items.entries()) drawItem(page, index + 1, item, texts);
  if (content.text) page.paragraph('P', content.text, TEXT);
  if (content.note) {
    page.skip(6);
    page.paragraph('P', content.note, TEXT);
  }
  drawVerification(page, content, texts);
}

function drawLetterhead(page: Page, { doctor, language }: PaperContent, texts: PaperTexts): void {
  page.paragraph('P', `${texts.doctor} ${nameOf(doctor)}`, { size: 15, weight: 'bold' });
  const names = specialtyNames[language];
  const specialties = doctor.specializations.flatMap((code) => names[code] ?? []);
  if (specialties.length > 0) page.paragraph('P', specialties.join(language === 'ar' ? '، ' : ', '), TEXT);
  if (doctor.licenceNumber) page.paragraph('P', `${texts.licence} ${doctor.licenceNumber}`, SMALL);
  const place = [doctor.address, doctor.city].filter(Boolean).join(' — ');
  if (place) page.paragraph('P', isolated(place), SMALL);
}

function drawItem(
  page: Page,
  number: number,
  { label, dose, frequency, days }: PrescribedItem,
  texts: PaperTexts,
): void {
  page.makeRoom(60);
  page.paragraph('P', `${number}. ${isolated(label)}`, { size: 12, weight: 'bold' });
  const said = [
    `${texts.dose} : ${isolated(dose)}`,
    `${texts.frequency} : ${isolated(frequency)}`,
    `${texts.duration} : ${texts.days(days)}`,
  ];
  page.paragraph('P', said.join(' · '), { ...TEXT, inset: 16 });
  page.skip(6);
}

function drawVerification(page: Page, { code, verifyAt, signedWith }: PaperContent, texts: PaperTexts): void {
  page.skip(20);
  page.makeRoom(QR_POINTS + 80);
  page.rule();
  const top = page.y;
  page.squares(encode(verifyAt, { ecc: 'M', border: 0 }).data, QR_POINTS, texts.verify);
  page.paragraph('P', texts.verify, SMALL);
  page.paragraph('P', verifyAt, { size: 8, color: MUTED });
  page.paragraph('P', `${texts.code} : ${code}`, { size: 8, color: MUTED });
  page.skip(Math.max(0, top + QR_POINTS + 12 - page.y));
  page.paragraph('P', texts.signedWith[signedWith], SMALL);
}
