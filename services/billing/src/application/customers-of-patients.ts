import { Injectable } from '@nestjs/common';
import { Customers } from '../domain/charges.js';
import { PaymentProvider } from '../domain/provider.js';
import { ProviderOperations } from './provider-operations.js';

/** Patients at the provider, made when they are first needed. */
@Injectable()
export class CustomersOfPatients {
  constructor(
    private readonly customers: Customers,
    private readonly provider: PaymentProvider,
    private readonly operations: ProviderOperations,
  ) {}

  find(patientId: string): Promise<string | undefined> {
    return this.customers.find(patientId);
  }

  /** @throws ProviderUnavailable */
  async of(patientId: string): Promise<string> {
    const known = await this.customers.find(patientId);
    if (known !== undefined) return known;
    // One that was made without our knowing does no harm: nothing is charged to it.
    const operation = { kind: 'begin-customer', name: `customer:${patientId}` };
    const made = await this.operations.perform(operation, (key) => this.provider.createCustomer(patientId, key));
    return this.customers.keep(patientId, made);
  }
}
