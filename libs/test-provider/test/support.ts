import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@jest/globals';
import { eventually } from '@medflow/testing';
import { Stripe } from 'stripe';
import type { TestProvider } from '../src/index.js';

export const keys = { secretKey: 'sk_test_suite', publishableKey: 'pk_test_suite', webhookSecret: 'whsec_suite' };

export const TND = { amount: 60_000, currency: 'tnd' } as const;

export const stripeOf = ({ port }: { port: number }, maxNetworkRetries = 0, key = keys.secretKey) =>
  new Stripe(key, { host: '127.0.0.1', port, protocol: 'http', telemetry: false, maxNetworkRetries });

export const payWith = (stripe: Stripe, payment_method = 'pm_card_visa', over: object = {}) =>
  stripe.paymentIntents.create({ ...TND, payment_method, confirm: true, ...over });

/** The error that a call is refused with. */
export async function refused(call: Promise<unknown>): Promise<InstanceType<typeof Stripe.errors.StripeError>> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Stripe.errors.StripeError);
  return error as InstanceType<typeof Stripe.errors.StripeError>;
}

/** A receiver that verifies what it gets as MedFlow does. */
export async function listen(answer: () => number = () => 200) {
  const heard: Stripe.Event[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const status = answer();
      const raw = Buffer.concat(chunks);
      if (status === 200)
        heard.push(
          Stripe.webhooks.constructEvent(raw, String(request.headers['stripe-signature']), keys.webhookSecret),
        );
      response.statusCode = status;
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { heard, url, close: () => new Promise((resolve) => server.close(resolve)) };
}

/** Until every webhook has arrived. */
export const quiet = (provider: TestProvider): Promise<unknown> =>
  eventually(() => provider.waiting() === 0, { timeoutMs: 20_000 });

export type BrowserCall = (
  method: string,
  path: string,
  body?: object,
) => Promise<{ status: number; body: Record<string, never> & { error?: { code: string } } }>;

/** What a page may ask: with the publishable key, and no other. */
export function browserOf(provider: TestProvider) {
  const browser: BrowserCall = async (method, path, body = {}) => {
    const response = await fetch(`${provider.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(method === 'POST' && { body: JSON.stringify({ key: keys.publishableKey, ...body }) }),
    });
    return { status: response.status, body: (await response.json()) as Awaited<ReturnType<BrowserCall>>['body'] };
  };
  const tokenise = (number: string, over: object = {}) =>
    browser('POST', '/v1/payment_methods', {
      type: 'card',
      card: { number, exp_month: 12, exp_year: 2030, cvc: '123', ...over },
    });
  return { browser, tokenise };
}

export async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of pages) items.push(item);
  return items;
}
