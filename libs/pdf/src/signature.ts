/** Room for the signature: a key of 4096 bits and a chain of three certificates need half of it. */
const CONTENTS_BYTES = 16_384;
/** Wider than any length that a document has. */
const PLACEHOLDER = 9_999_999_999;
const BYTE_RANGE = `[0 ${PLACEHOLDER} ${PLACEHOLDER} ${PLACEHOLDER}]`;

export interface SignatureField {
  /** As readers show who signed. */
  readonly name: string;
  readonly at: Date;
  readonly reason: string;
}

/** Its types demand what its code does without. */
const NOTHING = undefined as never;

/** What pdfkit 0.x has and its types do not show. */
interface Within {
  _root: { data: { AcroForm: { data: Record<string, unknown> } } };
  page: { annotations: unknown[]; dictionary: unknown };
}

/**
 * An unseen field for one signature (PAdES, ETSI EN 319 142-1 §5.3: `ETSI.CAdES.detached`), with room for it that
 * {@link signPdf} fills.
 */
export function reserveSignature(pdf: PDFKit.PDFDocument, { name, at, reason }: SignatureField): void {
  const within = pdf as unknown as Within;
  const value = pdf.ref({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.CAdES.detached',
    ByteRange: [0, PLACEHOLDER, PLACEHOLDER, PLACEHOLDER],
    Contents: Buffer.alloc(CONTENTS_BYTES),
    M: at,
    Name: new String(name),
    Reason: new String(reason),
  });
  value.end(NOTHING);
  const widget = pdf.ref({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Sig',
    T: new String('Signature'),
    V: value,
    // Printed and locked.
    F: 132,
    Rect: [0, 0, 0, 0],
    P: within.page.dictionary,
  });
  widget.end(NOTHING);
  within.page.annotations.push(widget);
  pdf.initForm();
  const form = within._root.data.AcroForm.data;
  // A reader that drew fields anew would change what was signed.
  delete form.NeedAppearances;
  Object.assign(form, { Fields: [widget], SigFlags: 3 });
}

/**
 * @param sign gives the DER of a detached CMS signature over these bytes
 * @throws Error where no field was reserved, or the signature is longer than its room
 */
export async function signPdf(pdf: Buffer, sign: (signed: Buffer) => Promise<Buffer> | Buffer): Promise<Buffer> {
  const contents = `<${'0'.repeat(2 * CONTENTS_BYTES)}>`;
  const range = pdf.indexOf(BYTE_RANGE, 'latin1');
  const start = pdf.indexOf(contents, 'latin1');
  if (range < 0 || start < 0) throw new Error('the document has no room for a signature');
  const end = start + contents.length;
  const filled = Buffer.from(pdf);
  const ranges = `[0 ${start} ${end} ${pdf.length - end}]`.padEnd(BYTE_RANGE.length);
  filled.write(ranges, range, 'latin1');
  const signature = await sign(Buffer.concat([filled.subarray(0, start), filled.subarray(end)]));
  if (signature.length > CONTENTS_BYTES) throw new Error(`a signature of ${signature.length} bytes does not fit`);
  filled.write(signature.toString('hex'), start + 1, 'latin1');
  return filled;
}
