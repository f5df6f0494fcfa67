import { Charges } from './charges.js';
import { Confirmation } from './confirmation.js';
import { Customers, deletedCustomer } from './customers.js';
import { Methods } from './methods.js';
import type { Kept, PaymentIntent, SetupIntent } from './objects.js';
import { expandOf, type Parameters, requiredText, text } from './parameters.js';
import { PaymentIntents } from './payment-intents.js';
import { ProviderError } from './provider-error.js';
import { Refunds } from './refunds.js';
import { SetupIntents } from './setup-intents.js';
import { page, view } from './views.js';
import type { AccountState } from './account-state.js';

/** A request as an operation sees it. */
export interface Call {
  /** Path parameters. */
  id: string;
  parameters: Parameters;
  /** With the publishable key: from a browser, which must know the secret of what it touches. */
  fromBrowser: boolean;
}

export interface Operation {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  /** Also for browsers. */
  open?: boolean;
  run(call: Call): unknown;
}

/** Stripe's operations that MedFlow and its tests use, and what happens by itself as time goes by. */
export function apiOf(state: AccountState): { operations: Operation[]; lapse: () => void } {
  const methods = new Methods(state);
  const customers = new Customers(state, methods);
  const confirmation = new Confirmation(state, methods);
  const payments = new PaymentIntents(state, methods, new Charges(state), confirmation);
  const setups = new SetupIntents(state, methods, confirmation);
  const refunds = new Refunds(state);
  const show = (object: Kept, { parameters }: Call) => view(state, object, expandOf(parameters));

  const paymentOf = (call: Call): PaymentIntent => secret(call, state.get('payment_intent', call.id));
  const setupOf = (call: Call): SetupIntent => secret(call, state.get('setup_intent', call.id));

  const post = (path: string, run: Operation['run'], open = false): Operation => ({ method: 'POST', path, run, open });
  const remove = (path: string, run: Operation['run']): Operation => ({ method: 'DELETE', path, run });
  const get = (path: string, run: Operation['run'], open = false): Operation => ({ method: 'GET', path, run, open });

  const lists = (
    ['payment_intent', 'charge', 'refund', 'balance_transaction', 'event', 'customer', 'setup_intent'] as const
  ).map((kind) => get(`/v1/${kind}s`, ({ parameters }) => page(state, state.all(kind), parameters, `/v1/${kind}s`)));

  const operations = [
    ...lists,
    post('/v1/customers', (call) => show(customers.create(call.parameters), call)),
    get('/v1/customers/:id', (call) => {
      const customer = state.find(call.id);
      return customer?.object === 'customer' && customer.deleted
        ? deletedCustomer(customer)
        : show(state.get('customer', call.id), call);
    }),
    post('/v1/customers/:id', (call) => show(customers.update(state.get('customer', call.id), call.parameters), call)),
    remove('/v1/customers/:id', (call) => customers.delete(state.get('customer', call.id))),
    get('/v1/customers/:id/payment_methods', ({ id, parameters }) => {
      state.get('customer', id);
      return page(state, methods.of(id), parameters, `/v1/customers/${id}/payment_methods`);
    }),
    post('/v1/payment_methods', (call) => show(methods.create(call.parameters), call), true),
    get('/v1/payment_methods', ({ parameters }) => {
      const own = methods.of(requiredText(parameters, 'customer'));
      return page(state, own, parameters, '/v1/payment_methods');
    }),
    get('/v1/payment_methods/:id', (call) => show(state.get('payment_method', call.id), call)),
    post('/v1/payment_methods/:id/attach', (call) =>
      show(methods.attach(methods.resolve(call.id), requiredText(call.parameters, 'customer')), call),
    ),
    post('/v1/payment_methods/:id/detach', (call) => show(methods.detach(state.get('payment_method', call.id)), call)),
    post('/v1/payment_intents', (call) => show(payments.create(call.parameters), call)),
    get('/v1/payment_intents/:id', (call) => show(paymentOf(call), call), true),
    post('/v1/payment_intents/:id', (call) => show(payments.update(paymentOf(call), call.parameters), call)),
    post(
      '/v1/payment_intents/:id/confirm',
      (call) => show(payments.confirm(paymentOf(call), asPatient(call)), call),
      true,
    ),
    post('/v1/payment_intents/:id/capture', (call) => show(payments.capture(paymentOf(call), call.parameters), call)),
    post('/v1/payment_intents/:id/cancel', (call) =>
      show(payments.cancel(paymentOf(call), text(call.parameters, 'cancellation_reason') ?? null), call),
    ),
    post('/v1/setup_intents', (call) => show(setups.create(call.parameters), call)),
    get('/v1/setup_intents/:id', (call) => show(setupOf(call), call), true),
    post('/v1/setup_intents/:id/confirm', (call) => show(setups.confirm(setupOf(call), asPatient(call)), call), true),
    post('/v1/setup_intents/:id/cancel', (call) =>
      show(setups.cancel(setupOf(call), text(call.parameters, 'cancellation_reason') ?? null), call),
    ),
    post(
      '/v1/authentications/:id',
      (call) => {
        const succeeds = text(call.parameters, 'outcome') === 'succeed';
        return call.id.startsWith('seti_')
          ? show(setups.authenticate(setupOf(call), succeeds), call)
          : show(payments.authenticate(paymentOf(call), succeeds), call);
      },
      true,
    ),
    post('/v1/refunds', (call) => show(refunds.create(call.parameters), call)),
    get('/v1/refunds/:id', (call) => show(state.get('refund', call.id), call)),
    get('/v1/charges/:id', (call) => show(state.get('charge', call.id), call)),
    get('/v1/balance_transactions/:id', (call) => show(state.get('balance_transaction', call.id), call)),
    get('/v1/events/:id', (call) => show(state.get('event', call.id), call)),
  ];
  return { operations, lapse: () => payments.lapse() };
}

/** A browser cannot say that the patient is away. */
const asPatient = ({ parameters, fromBrowser }: Call): Parameters =>
  fromBrowser ? { ...parameters, off_session: undefined } : parameters;

function secret<T extends PaymentIntent | SetupIntent>({ parameters, fromBrowser }: Call, intent: T): T {
  if (fromBrowser && parameters.client_secret !== intent.client_secret) {
    throw new ProviderError(400, {
      type: 'invalid_request_error',
      code: 'resource_missing',
      message: 'The client_secret provided does not match any associated intent.',
      param: 'client_secret',
    });
  }
  return intent;
}
