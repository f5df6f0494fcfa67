import { Injectable } from '@nestjs/common';
import { Customers } from '../domain/charges.js';
import { PaymentProvider } from '../domain/provider.js';
import { ProviderOperations } from './provider-operations.js';

const MOST_REMEMBERED = 5_000;

/** Patients at the provider, made when they are first needed. */
@Injectable()
export class CustomersOfPatients {
  /** Who has a customer keeps it for good. */
  private readonly remembered = new Map<string, string>();

  constructor(
    private readonly customers: Customers,
    private readonly provider: PaymentProvider,
    private readonly operations: ProviderOperations,
  ) {}

  async find(patientId: string): Promise<string | undefined> {
    const remembered = this.remembered.get(patientId);
    if (remembered !== undefined) return remembered;
    const found = await this.customers.find(patientId);
    return found === undefined ? undefined : this.remember(patientId, found);
  }

  /** @throws ProviderUnavailable */
  async of(patientId: string): Promise<string> {
    const known = await this.find(patientId);
    if (known !== undefined) return known;
    // One that was made without our knowing does no harm: nothing is charged to it.
    const operation = { kind: 'begin-customer', name: `customer:${patientId}` };
    const made = await this.operations.perform(operation, (key) => this.provider.createCustomer(patientId, key));
    return this.remember(patientId, await this.customers.keep(patientId, made));
  }

  private remember(patientId: string, customerId: string): string {
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    this.remembered.set(patientId, customerId);
    return customerId;
  }
}
