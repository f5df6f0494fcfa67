import { ReceiptPrinter } from '../../domain/receipt.js';
export class PdfReceiptPrinter extends ReceiptPrinter {
  async print(): Promise<Buffer> {
    return Buffer.from('%PDF-1.4');
  }
}
