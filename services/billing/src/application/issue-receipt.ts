import { Inject, Injectable } from '@nestjs/common';
import { People } from '@medflow/people';
import type { ChargeState } from '../domain/charge-state.js';
import { Clock } from '../domain/ports.js';
import { PaymentProvider } from '../domain/provider.js';
import { ReceiptNumbering } from '../domain/receipt-numbering.js';
import { ReceiptIssuer, Receipts } from '../domain/receipts.js';

/** Who issues receipts, as it stands on them. */
export const ISSUER = Symbol('issuer');

/** Names and amounts stand on a receipt as they are when it is issued. */
@Injectable()
export class IssueReceipt extends ReceiptIssuer {
  private readonly numbering: ReceiptNumbering;

  constructor(
    receipts: Receipts,
    private readonly people: People,
    private readonly provider: PaymentProvider,
    private readonly clock: Clock,
    @Inject(ISSUER) private readonly issuer: string,
  ) {
    super();
    this.numbering = new ReceiptNumbering(receipts);
  }

  async issue({ id, patientId, doctorId, startsAt, mode, captured, amount, method }: ChargeState): Promise<string> {
    const people = await this.people.find([patientId, doctorId]);
    const [patient, doctor] = [people.get(patientId)!, people.get(doctorId)!];
    return this.numbering.issue({
      issuedAt: this.clock.now(),
      language: patient.language,
      timeZone: patient.timeZone,
      patient: { firstName: patient.firstName, lastName: patient.lastName },
      doctor: { firstName: doctor.firstName, lastName: doctor.lastName },
      startsAt,
      mode,
      amount: { amount: captured, currency: amount.currency },
      refunded: null,
      method: method ? { brand: method.brand, last4: method.last4 } : null,
      paymentId: id,
      testMode: this.provider.testMode,
      issuer: this.issuer,
    });
  }
}
