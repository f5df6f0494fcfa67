import { Intents } from './intents.js';
import { Methods } from './methods.js';
import type { Kept, PaymentIntent, SetupIntent } from './objects.js';
import { expandOf, metadataOf, type Parameters, record, requiredText, text } from './parameters.js';
import { invalid, ProviderError } from './provider-error.js';
import { Refunds } from './refunds.js';
import { list, view } from './views.js';
import type { World } from './world.js';

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

/** Stripe's operations that MedFlow and its tests use. */
export function operationsOf(world: World): Operation[] {
  const methods = new Methods(world);
  const intents = new Intents(world, methods);
  const refunds = new Refunds(world);
  const show = (object: Kept, { parameters }: Call) => view(world, object, expandOf(parameters));

  const paymentOf = (call: Call): PaymentIntent => secret(call, intents.lapse(world.get('payment_intent', call.id)));
  const setupOf = (call: Call): SetupIntent => secret(call, world.get('setup_intent', call.id));

  const post = (path: string, run: Operation['run'], open = false): Operation => ({ method: 'POST', path, run, open });
  const get = (path: string, run: Operation['run'], open = false): Operation => ({ method: 'GET', path, run, open });

  const lists = (
    ['payment_intent', 'charge', 'refund', 'balance_transaction', 'event', 'customer', 'setup_intent'] as const
  ).map((kind) => get(`/v1/${kind}s`, ({ parameters }) => page(world, world.all(kind), parameters, `/v1/${kind}s`)));

  return [
    ...lists,
    post('/v1/customers', (call) =>
      show(
        world.create('customer', {
          metadata: metadataOf(call.parameters),
          name: text(call.parameters, 'name') ?? null,
          email: text(call.parameters, 'email') ?? null,
          invoice_settings: { default_payment_method: null },
        }),
        call,
      ),
    ),
    get('/v1/customers/:id', (call) => show(world.get('customer', call.id), call)),
    post('/v1/customers/:id', (call) => {
      const customer = world.get('customer', call.id);
      const chosen = record(call.parameters, 'invoice_settings').default_payment_method;
      if (typeof chosen === 'string') {
        const method = world.get('payment_method', chosen, 'invoice_settings[default_payment_method]');
        if (method.customer !== customer.id)
          throw invalid('The customer does not have that payment method.', 'invoice_settings[default_payment_method]');
        world.update(customer, { invoice_settings: { default_payment_method: chosen } });
      }
      return show(customer, call);
    }),
    get('/v1/customers/:id/payment_methods', ({ id, parameters }) => {
      world.get('customer', id);
      const own = world.all('payment_method').filter(({ customer }) => customer === id);
      return page(world, own, parameters, `/v1/customers/${id}/payment_methods`);
    }),
    post('/v1/payment_methods', (call) => show(methods.create(call.parameters), call), true),
    get('/v1/payment_methods', ({ parameters }) => {
      const customer = requiredText(parameters, 'customer');
      const own = world.all('payment_method').filter((method) => method.customer === customer);
      return page(world, own, parameters, '/v1/payment_methods');
    }),
    get('/v1/payment_methods/:id', (call) => show(world.get('payment_method', call.id), call)),
    post('/v1/payment_methods/:id/attach', (call) =>
      show(methods.attach(methods.resolve(call.id), requiredText(call.parameters, 'customer')), call),
    ),
    post('/v1/payment_methods/:id/detach', (call) => show(methods.detach(world.get('payment_method', call.id)), call)),
    post('/v1/payment_intents', (call) => show(intents.createPayment(call.parameters), call)),
    get('/v1/payment_intents/:id', (call) => show(paymentOf(call), call), true),
    post('/v1/payment_intents/:id', (call) => show(intents.updatePayment(paymentOf(call), call.parameters), call)),
    post(
      '/v1/payment_intents/:id/confirm',
      (call) => show(intents.confirmPayment(paymentOf(call), asPatient(call)), call),
      true,
    ),
    post('/v1/payment_intents/:id/capture', (call) => show(intents.capture(paymentOf(call), call.parameters), call)),
    post('/v1/payment_intents/:id/cancel', (call) =>
      show(intents.cancelPayment(paymentOf(call), text(call.parameters, 'cancellation_reason') ?? null), call),
    ),
    post('/v1/setup_intents', (call) => show(intents.createSetup(call.parameters), call)),
    get('/v1/setup_intents/:id', (call) => show(setupOf(call), call), true),
    post(
      '/v1/setup_intents/:id/confirm',
      (call) => show(intents.confirmSetup(setupOf(call), asPatient(call)), call),
      true,
    ),
    post('/v1/setup_intents/:id/cancel', (call) =>
      show(intents.cancelSetup(setupOf(call), text(call.parameters, 'cancellation_reason') ?? null), call),
    ),
    post(
      '/v1/authentications/:id',
      (call) => {
        const succeeds = text(call.parameters, 'outcome') === 'succeed';
        return call.id.startsWith('seti_')
          ? show(intents.authenticateSetup(setupOf(call), succeeds), call)
          : show(intents.authenticatePayment(paymentOf(call), succeeds), call);
      },
      true,
    ),
    post('/v1/refunds', (call) => show(refunds.create(call.parameters), call)),
    get('/v1/refunds/:id', (call) => show(world.get('refund', call.id), call)),
    get('/v1/charges/:id', (call) => show(world.get('charge', call.id), call)),
    get('/v1/balance_transactions/:id', (call) => show(world.get('balance_transaction', call.id), call)),
    get('/v1/events/:id', (call) => show(world.get('event', call.id), call)),
  ];
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

const MAX_LIMIT = 100;

function page(world: World, objects: readonly Kept[], parameters: Parameters, url: string): object {
  const limit = Math.min(Number(parameters.limit ?? 10) || 10, MAX_LIMIT);
  const after = text(parameters, 'starting_after');
  const { gte, gt, lt, lte } = record(parameters, 'created');
  const wanted = objects.filter(
    (object) =>
      (gte === undefined || object.created >= Number(gte)) &&
      (gt === undefined || object.created > Number(gt)) &&
      (lt === undefined || object.created < Number(lt)) &&
      (lte === undefined || object.created <= Number(lte)) &&
      matches(object, parameters),
  );
  const start = after === undefined ? 0 : wanted.findIndex(({ id }) => id === after) + 1;
  const rows = wanted.slice(start, start + limit);
  const expand = expandOf(parameters)
    .filter((path) => path.startsWith('data.'))
    .map((path) => path.slice('data.'.length));
  return list(
    rows.map((row) => view(world, row, expand)),
    start + limit < wanted.length,
    url,
  );
}

/** Filters that name a field. */
const matches = (object: Kept, parameters: Parameters): boolean =>
  (['customer', 'payment_intent', 'charge', 'type', 'source'] as const).every(
    (name) =>
      parameters[name] === undefined || (object as unknown as Record<string, unknown>)[name] === parameters[name],
  );
