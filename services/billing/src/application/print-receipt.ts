import type { AccountSubject } from '@medflow/access';
import { Injectable } from '@nestjs/common';
import { access } from '../access.js';
import { Charges } from '../domain/charges.js';
import { NoReceipt, NotFound } from '../domain/errors.js';
import { ReceiptPrinter } from '../domain/receipt.js';
import { Receipts } from '../domain/receipts.js';

export interface PrintedReceipt {
  number: string;
  pdf: Buffer;
}

/** The receipt of a payment: printed when it is first wanted, and kept as it was. */
@Injectable()
export class PrintReceiptHandler {
  constructor(
    private readonly charges: Charges,
    private readonly receipts: Receipts,
    private readonly printer: ReceiptPrinter,
  ) {}

  /** @throws NotFound, NotTheirs, NoReceipt */
  async forPatient(by: AccountSubject, paymentId: string): Promise<PrintedReceipt> {
    const { state } = await this.charges.ofPatient(by.id, paymentId);
    access.expect(by, 'read-receipt', 'payment', state);
    return this.print(paymentId);
  }

  /** @throws NotFound, NoReceipt */
  async forMail(paymentId: string): Promise<PrintedReceipt> {
    if (!(await this.charges.find(paymentId))) throw new NotFound(`payment ${paymentId}`);
    return this.print(paymentId);
  }

  private async print(paymentId: string): Promise<PrintedReceipt> {
    const receipt = await this.receipts.ofPayment(paymentId);
    if (!receipt) throw new NoReceipt(`payment ${paymentId}`);
    const { content } = receipt;
    const pdf = receipt.pdf ?? (await this.printer.print(content));
    if (!receipt.pdf) await this.receipts.keep(content.number, pdf);
    return { number: content.number, pdf };
  }
}
