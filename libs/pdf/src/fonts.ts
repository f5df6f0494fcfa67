/** A font as fontkit 2.x reads it, with the glyphs that it has met. */
interface ReadFont {
  _glyphs: Record<number, object>;
}

type Embed = new (document: PDFKit.PDFDocument, font: ReadFont, id: string) => object;

/** What pdfkit 0.x knows of a document's fonts and its types do not show. */
interface FontsWithin {
  _font: { font: ReadFont };
  _fontFamilies: Record<string, object>;
  _fontCount: number;
}

/**
 * Font files read once for all documents: pdfkit reads and parses them for each, which is most of what a page costs in
 * time and nearly all of it in memory.
 */
export class Fonts {
  private readonly read = new Map<string, { Embedded: Embed; font: ReadFont }>();

  /** @param files by the name under which `document.font` is to find them */
  constructor(private readonly files: Readonly<Record<string, string>>) {}

  provideTo(document: PDFKit.PDFDocument): void {
    const within = document as unknown as FontsWithin;
    for (const [name, file] of Object.entries(this.files)) {
      const known = this.read.get(name);
      if (known) {
        // A glyph keeps the letters that it was first met for: another document's.
        known.font._glyphs = {};
        within._fontCount += 1;
        within._fontFamilies[name] = new known.Embedded(document, known.font, `F${within._fontCount}`);
      } else {
        document.registerFont(name, file);
        document.font(name);
        this.read.set(name, { Embedded: within._font.constructor as Embed, font: within._font.font });
      }
    }
  }
}
