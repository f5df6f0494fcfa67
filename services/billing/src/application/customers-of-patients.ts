import { Injectable } from '@nestjs/common';
import { Customers } from '../domain/charges.js';
import { PaymentProvider } from '../domain/provider.js';

/** Patients at the provider, made when they are first needed. */
@Injectable()
export class CustomersOfPatients {
  constructor(
    private readonly customers: Customers,
    private readonly provider: PaymentProvider,
  ) {}

  find(patientId: string): Promise<string | undefined> {
    return this.customers.find(patientId);
  }

  /** @throws ProviderUnavailable */
  async of(patientId: string): Promise<string> {
    const known = await this.customers.find(patientId);
    if (known !== undefined) return known;
    const made = await this.provider.createCustomer(patientId, `customer:${patientId}`);
    return this.customers.keep(patientId, made);
  }
}
