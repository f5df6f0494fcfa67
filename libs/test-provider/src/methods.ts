import { isNamedCard, namedCard, readCard } from './cards.js';
import type { PaymentMethod } from './objects.js';
import { metadataOf, type Parameters, record, requiredText } from './parameters.js';
import { invalid, ProviderError } from './provider-error.js';
import type { AccountState } from './account-state.js';

/** Customers and their cards. */
export class Methods {
  constructor(private readonly state: AccountState) {}

  create(parameters: Parameters): PaymentMethod {
    if (requiredText(parameters, 'type') !== 'card') throw invalid('Only cards can be used here.', 'type');
    return this.make(readCard(record(parameters, 'card'), this.state.now()), metadataOf(parameters));
  }

  /** One's own, or a fresh one where a test method is named. @throws ProviderError, also when it was used up */
  resolve(id: string): PaymentMethod {
    if (isNamedCard(id)) return this.make(namedCard(id, this.state.now()));
    const method = this.state.get('payment_method', id, 'payment_method');
    if (method.hidden.spent) throw usedUp();
    return method;
  }

  of(customer: string): PaymentMethod[] {
    return this.state.all('payment_method').filter((method) => method.customer === customer);
  }

  /** Used by somebody who does not keep it. */
  spend(method: PaymentMethod): void {
    if (method.customer === null) this.state.update(method, { hidden: { ...method.hidden, spent: true } });
  }

  /** @throws ProviderError when it is another customer's, or refuses to be saved */
  attach(method: PaymentMethod, customer: string): PaymentMethod {
    this.state.get('customer', customer, 'customer');
    if (method.customer !== null && method.customer !== customer) throw belongsToAnother();
    const { behaviour } = method.hidden;
    if (typeof behaviour === 'object') {
      throw new ProviderError(402, {
        type: 'card_error',
        code: behaviour.code,
        decline_code: behaviour.declines,
        message: 'Your card was declined.',
      });
    }
    if (method.customer === customer) return method;
    this.state.update(method, { customer });
    this.state.recordEvent('payment_method.attached', method);
    return method;
  }

  detach(method: PaymentMethod): PaymentMethod {
    const { customer } = method;
    if (customer === null) throw invalid('The payment method is not attached to a customer.', 'payment_method');
    this.state.update(method, { customer: null });
    this.spend(method);
    const owner = this.state.get('customer', customer);
    if (owner.invoice_settings.default_payment_method === method.id)
      this.state.update(owner, { invoice_settings: { default_payment_method: null } });
    this.state.recordEvent('payment_method.detached', method);
    return method;
  }

  private make(
    { behaviour, ...card }: ReturnType<typeof readCard>,
    metadata: Record<string, string> = {},
  ): PaymentMethod {
    return this.state.create('payment_method', {
      type: 'card',
      customer: null,
      card,
      metadata,
      hidden: { behaviour, setUp: false },
    });
  }
}

const usedUp = (): ProviderError =>
  invalid(
    'The provided PaymentMethod was used without a Customer, or was detached from one. It may not be used again.',
    'payment_method',
  );

export const belongsToAnother = (): ProviderError =>
  invalid(
    'The provided PaymentMethod cannot be attached or used: it belongs to another Customer.',
    'payment_method',
    'payment_method_unexpected_state',
  );
