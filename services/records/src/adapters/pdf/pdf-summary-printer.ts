import { ACCENT, MUTED, type Page, writePdf } from '@medflow/pdf';
import { Injectable } from '@nestjs/common';
import { SummaryPrinter } from '../../domain/exchange.js';
import {
  dateText,
  type Description,
  describeEntry,
  nameOf,
  sectionOf,
  type Words,
} from '../../domain/fhir/description.js';
import { requiredSections, type SectionName, sectionNames } from '../../domain/fhir/sections.js';
import type { SummaryInput } from '../../domain/fhir/summary.js';
import { summaryTexts } from '../../domain/fhir/summary-texts.js';

/** The record on paper: what the International Patient Summary says, in the same order and words. */
@Injectable()
export class PdfSummaryPrinter extends SummaryPrinter {
  print(input: SummaryInput): Promise<Buffer> {
    return printSummary(input);
  }
}

/** @param compress false: the text can be read in the bytes, for tests */
export function printSummary(input: SummaryInput, compress = true): Promise<Buffer> {
  const { language, custodian: author, now: at } = input;
  const title = summaryTexts[language].title;
  return writePdf({ language, title, author, at, compress }, (page) => draw(page, input));
}

function draw(page: Page, input: SummaryInput): void {
  const words: Words = { ...input, texts: summaryTexts[input.language] };
  const { texts } = words;
  page.block('P', 'MedFlow', { size: 24, weight: 'bold', color: ACCENT });
  page.block('H1', texts.title, { size: 15, side: 'end', dy: 8 });
  page.skip(52);
  drawPatient(page, input, words);
  const bySection = new Map<SectionName, Description[]>();
  for (const entry of input.entries) {
    const name = sectionOf(entry);
    bySection.set(name, [...(bySection.get(name) ?? []), describeEntry(entry, words)]);
  }
  for (const name of sectionNames) {
    const described = bySection.get(name) ?? [];
    const isRequired = (requiredSections as readonly string[]).includes(name);
    if (described.length > 0 || isRequired) drawSection(page, name, described, words);
  }
  page.skip(16);
  page.paragraph('P', texts.footer, { size: 9, color: MUTED });
}

function drawPatient(page: Page, { patient, now, custodian }: SummaryInput, words: Words): void {
  const { texts } = words;
  page.table([
    [texts.patient, nameOf(patient, texts), 'bold'],
    [texts.birthDate, patient.birthDate ? dateText(patient.birthDate, words) : texts.unknown],
    [texts.gender, patient.gender ? texts.genders[patient.gender] : texts.unknown],
    [texts.bloodGroup, patient.bloodGroup ?? texts.unknown],
    [texts.phone, patient.phone ?? texts.unknown],
    [texts.createdAt, `${dateText(now, words)} — ${custodian}`],
  ]);
}

function drawSection(page: Page, name: SectionName, described: readonly Description[], { texts }: Words): void {
  page.skip(14);
  // A title does not stand alone at the foot of a page.
  page.makeRoom(80);
  page.paragraph('H2', texts.sections[name], { size: 13, weight: 'bold', color: ACCENT });
  page.skip(4);
  if (described.length === 0) page.paragraph('P', texts.nothing[name as keyof typeof texts.nothing], { size: 10.5 });
  for (const { heading, facts } of described) {
    page.makeRoom(40);
    page.paragraph('P', heading, { size: 11, weight: 'bold' });
    for (const [label, value] of facts)
      page.paragraph('P', `${label} : ${value}`, { size: 9.5, color: MUTED, inset: 12 });
    page.skip(6);
  }
}
