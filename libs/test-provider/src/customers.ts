import type { Methods } from './methods.js';
import type { Customer } from './objects.js';
import { metadataOf, type Parameters, record, text } from './parameters.js';
import { invalid } from './provider-error.js';
import type { AccountState } from './account-state.js';

const DEFAULT_METHOD = 'invoice_settings[default_payment_method]';

/** Whose cards and payments are whose. */
export class Customers {
  constructor(
    private readonly state: AccountState,
    private readonly methods: Methods,
  ) {}

  create(parameters: Parameters): Customer {
    return this.state.create('customer', {
      metadata: metadataOf(parameters),
      name: text(parameters, 'name') ?? null,
      email: text(parameters, 'email') ?? null,
      invoice_settings: { default_payment_method: null },
    });
  }

  update(customer: Customer, parameters: Parameters): Customer {
    const chosen = record(parameters, 'invoice_settings').default_payment_method;
    if (typeof chosen === 'string') {
      const method = this.state.get('payment_method', chosen, DEFAULT_METHOD);
      if (method.customer !== customer.id)
        throw invalid('The customer does not have that payment method.', DEFAULT_METHOD);
      this.state.update(customer, { invoice_settings: { default_payment_method: chosen } });
    }
    const { name = customer.name, email = customer.email } = {
      name: text(parameters, 'name'),
      email: text(parameters, 'email'),
    };
    const metadata = { ...customer.metadata, ...metadataOf(parameters) };
    return this.state.update(customer, { name, email, metadata });
  }

  /** What is left of it says only that it is gone. */
  delete(customer: Customer): object {
    for (const method of this.methods.of(customer.id)) this.methods.detach(method);
    this.state.update(customer, { deleted: true, name: null, email: null, metadata: {} });
    this.state.recordEvent('customer.deleted', customer);
    return deletedCustomer(customer);
  }
}

export const deletedCustomer = ({ id }: Customer) => ({ id, object: 'customer', deleted: true });
