import { runsOf } from './visual-order.js';

export const MARGIN = 56;
export const ACCENT = '#0b7285';
export const MUTED = '#5c6770';
export const WARNING = '#b02a37';
const INK = '#1f2328';
const LINE = '#d0d7de';
const SHADE = '#e6f4f6';

export type Weight = 'regular' | 'bold';

export interface Style {
  size: number;
  weight?: Weight;
  color?: string;
  /** Where the line is, as the language reads. */
  side?: 'start' | 'middle' | 'end';
  inset?: number;
  dy?: number;
}

export type TableRow = [label: string, value: string, weight?: Weight];

/** From the upper edge of one line to that of the next, in sizes of the font. */
const LEADING = 1.6;
/** A long name goes on below rather than over its label. */
const VALUE_SHARE = 0.68;

/** A document from top to bottom, in either direction of writing, with what a screen reader is told of it. */
export class Page {
  y = MARGIN;
  private readonly isRightToLeft: boolean;
  private readonly right: number;
  private readonly width: number;
  private readonly root: PDFKit.PDFStructureElement;

  constructor(
    private readonly pdf: PDFKit.PDFDocument,
    language: string,
  ) {
    this.isRightToLeft = language === 'ar';
    this.right = pdf.page.width - MARGIN;
    this.width = this.right - MARGIN;
    this.root = pdf.struct('Document', { lang: language });
    pdf.addStructure(this.root);
  }

  close(): void {
    this.root.end();
  }

  skip(height: number): void {
    this.y += height;
  }

  /** One line; what comes next is where this was until {@link skip}. */
  block(type: 'H1' | 'H2' | 'P', text: string, style: Style): void {
    this.write(this.element(this.root, type, text), type, text, style);
  }

  /** As many lines as the text needs, its own line breaks kept, on as many pages. */
  paragraph(type: 'H1' | 'H2' | 'P', text: string, style: Style): void {
    const element = this.element(this.root, type, text);
    const width = this.width - (style.inset ?? 0);
    for (const line of text.split(/\r?\n/).flatMap((part) => this.linesOf(part, style, width))) {
      this.makeRoom(style.size * LEADING);
      this.write(element, type, line, style);
      this.y += style.size * LEADING;
    }
  }

  banner(text: string): void {
    this.decoration((pdf) => pdf.roundedRect(MARGIN, this.y, this.width, 32, 6).lineWidth(1.5).stroke(WARNING));
    this.block('P', text, { size: 12, weight: 'bold', color: WARNING, side: 'middle', dy: 5 });
    this.y += 48;
  }

  rule(): void {
    this.decoration((pdf) => pdf.moveTo(MARGIN, this.y).lineTo(this.right, this.y).lineWidth(1).stroke(LINE));
    this.y += 12;
  }

  /** Labels at the start and values at the end, under a rule. @returns to add rows */
  table(rows: readonly TableRow[]): PDFKit.PDFStructureElement {
    this.rule();
    const table = this.pdf.struct('Table');
    this.root.add(table);
    for (const [label, value, weight] of rows) this.row(table, label, value, weight);
    return table;
  }

  row(table: PDFKit.PDFStructureElement, label: string, value: string, weight: Weight = 'regular'): void {
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

  /** A row that the others lead to. */
  total(table: PDFKit.PDFStructureElement, label: string, value: string): void {
    this.decoration((pdf) => pdf.roundedRect(MARGIN, this.y, this.width, 46, 6).fill(SHADE));
    const [inset, dy] = [14, 13];
    const row = this.pdf.struct('TR');
    table.add(row);
    this.cell(row, 'TH', label, { size: 12, weight: 'bold', inset, dy });
    this.cell(row, 'TD', value, { size: 15, weight: 'bold', color: ACCENT, side: 'end', inset, dy: dy - 3 });
    this.y += 62;
  }

  /** Dark squares, at the end of the line as the language reads. @param dark rows of a square, true where it is dark */
  squares(dark: readonly (readonly boolean[])[], size: number, spoken: string): void {
    const step = size / dark.length;
    const left = this.isRightToLeft ? MARGIN : this.right - size;
    const figure = this.pdf.struct('Figure', {
      alt: spoken,
      // Where it is and how large: what a reader needs to place a figure (ISO 32000-1 §14.8.5.4).
      ...({ bbox: [left, this.y, left + size, this.y + size] } as object),
    });
    this.root.add(figure);
    figure.add(this.pdf.markStructureContent('Figure'));
    for (const [row, cells] of dark.entries())
      for (const [column, isDark] of cells.entries())
        if (isDark) this.pdf.rect(left + column * step, this.y + row * step, step, step);
    this.pdf.fill('#000000');
    this.pdf.endMarkedContent();
  }

  /** Begins a new page where so much does not fit on this one. */
  makeRoom(height: number): void {
    if (this.y + height <= this.pdf.page.height - MARGIN) return;
    this.pdf.addPage();
    this.y = MARGIN;
  }

  private cell(row: PDFKit.PDFStructureElement, type: 'TH' | 'TD', text: string, style: Style): void {
    this.write(this.element(row, type, text), type, text, style);
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
    { size, weight = 'regular', color = INK, side = 'start', inset = 0, dy = 0 }: Style,
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
}
