import { Injectable } from '@nestjs/common';
import type { Charge } from '../domain/charge.js';
import { Clock } from '../domain/ports.js';
import { type IntentSnapshot, PaymentProvider } from '../domain/provider.js';
import { CustomersOfPatients } from './customers-of-patients.js';

/** Asks the provider how a charge's payment stands, also where the answer to the request that made it was lost. */
@Injectable()
export class LookAtProvider {
  constructor(
    private readonly provider: PaymentProvider,
    private readonly customers: CustomersOfPatients,
    private readonly clock: Clock,
  ) {}

  /**
   * For the caller to save.
   * @returns the intent, if there is one
   * @throws ProviderUnavailable, ProviderRefused
   */
  async observe(charge: Charge): Promise<IntentSnapshot | undefined> {
    const { intent } = charge.state;
    const seen = intent ? await this.provider.read(intent.kind, intent.id) : await this.find(charge);
    const now = this.clock.now();
    if (!seen) charge.missAttempt(now);
    else if (intent) charge.observe(seen, now);
    else charge.begin(seen, now);
    return seen;
  }

  /** By what the intent says of itself. */
  private async find({ state }: Charge): Promise<IntentSnapshot | undefined> {
    const { id: chargeId, patientId, attempt, createdAt: since } = state;
    const customer = await this.customers.find(patientId);
    if (customer === undefined) return undefined;
    return this.provider.findIntent(attempt?.creates?.kind ?? 'payment', { customer, chargeId, since });
  }
}
