import { Injectable } from '@nestjs/common';
import { NotFound, PaymentDeclined, UnknownMethod } from '../domain/errors.js';
import {
  type IntentSnapshot,
  type NewSetup,
  PaymentProvider,
  ProviderRefused,
  type SavedMethod,
} from '../domain/provider.js';
import { CustomersOfPatients } from './customers-of-patients.js';
import { ProviderOperations } from './provider-operations.js';

/** Stripe's test methods by name; they stand for a new card at each use, and only where money is not real. */
const isTestName = (methodId: string): boolean => /^pm_card_\w{1,60}$/.test(methodId);

export interface AddedMethod {
  /** Absent until the card is given, or while the bank wants the patient. */
  method?: SavedMethod;
  status: 'saved' | 'requires-action' | 'requires-method';
  clientSecret: string;
}

/** A patient's saved cards. They live at the provider; nothing of them is kept here. */
@Injectable()
export class Methods {
  constructor(
    private readonly provider: PaymentProvider,
    private readonly customers: CustomersOfPatients,
    private readonly operations: ProviderOperations,
  ) {}

  /** @throws ProviderUnavailable */
  async list(patientId: string): Promise<SavedMethod[]> {
    const customer = await this.customers.find(patientId);
    return customer === undefined ? [] : this.provider.methods(customer);
  }

  /**
   * @param key of the request, so that asking again adds nothing twice
   * @throws UnknownMethod, PaymentDeclined, ProviderUnavailable
   */
  async add(patientId: string, methodId: string | undefined, key: string): Promise<AddedMethod> {
    const customer = await this.customers.of(patientId);
    if (methodId !== undefined) await this.expectUsable(customer, methodId);
    const name = `method:${patientId}:${key}`;
    const seen = await this.begin({ customer, ...(methodId !== undefined && { methodId }) }, name);
    const { clientSecret } = seen;
    if (methodId === undefined) return { status: 'requires-method', clientSecret };
    if (seen.status === 'requires_action') return { status: 'requires-action', clientSecret };
    if (seen.status !== 'succeeded') throw new PaymentDeclined(seen.declineCode ?? 'generic_decline');
    const method = (await this.provider.methods(customer)).find(({ id }) => id === seen.method?.id);
    return { status: 'saved', clientSecret, ...(method && { method }) };
  }

  /** @throws NotFound */
  async makeDefault(patientId: string, methodId: string): Promise<SavedMethod> {
    const customer = await this.owned(patientId, methodId);
    await this.provider.makeDefault(customer, methodId);
    const method = (await this.provider.methods(customer)).find(({ id }) => id === methodId);
    if (!method) throw new NotFound(`payment method ${methodId}`);
    return method;
  }

  /** @throws NotFound */
  async remove(patientId: string, methodId: string): Promise<void> {
    await this.owned(patientId, methodId);
    await this.provider.removeMethod(methodId);
  }

  /** One's own, a new one, or in test mode one of Stripe's names. @throws UnknownMethod */
  async expectUsable(customer: string, methodId: string): Promise<void> {
    if (isTestName(methodId) && this.provider.testMode) return;
    const owner = /^pm_\w{1,60}$/.test(methodId) ? await this.provider.ownerOf(methodId) : undefined;
    if (owner === undefined || (owner !== null && owner !== customer)) throw new UnknownMethod(methodId);
  }

  private async begin(setup: NewSetup, name: string): Promise<IntentSnapshot> {
    try {
      return await this.operations.perform({ kind: 'begin-setup', name }, (key) =>
        this.provider.createSetup(setup, key),
      );
    } catch (error) {
      if (!(error instanceof ProviderRefused) || setup.methodId === undefined) throw error;
      throw new UnknownMethod(error.message);
    }
  }

  private async owned(patientId: string, methodId: string): Promise<string> {
    const customer = await this.customers.find(patientId);
    const owner = customer === undefined ? undefined : await this.provider.ownerOf(methodId);
    if (customer === undefined || owner !== customer) throw new NotFound(`payment method ${methodId}`);
    return customer;
  }
}
