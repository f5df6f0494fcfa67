import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@medflow/servers';
import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StripeProvider } from '../src/adapters/stripe/stripe-provider.js';
import { ProviderUnavailable } from '../src/domain/provider.js';

/** Stripe's own mock checks every request against its specification: a parameter that does not exist is refused. */
function findMock(): string | undefined {
  const onPath = spawnSync('which', ['stripe-mock'], { encoding: 'utf8' }).stdout.trim();
  const candidates = [
    process.env.STRIPE_MOCK,
    onPath,
    join(process.env.GOPATH ?? join(homedir(), 'go'), 'bin/stripe-mock'),
  ];
  return candidates.find((path) => path && existsSync(path));
}

const mock = findMock();
if (!mock)
  console.log(
    'stripe-mock is not here: its check of our requests is left out (go install github.com/stripe/stripe-mock@latest)',
  );

(mock ? describe : describe.skip)('every request of ours, as Stripe’s specification has it', () => {
  let child: ChildProcess;
  let provider: StripeProvider;
  beforeAll(async () => {
    const [port, https] = [await freePort(), await freePort()];
    child = spawn(mock!, ['-http-port', String(port), '-https-port', String(https)], { stdio: 'ignore' });
    const url = new URL(`http://127.0.0.1:${port}`);
    await eventually(() => fetch(url).then(() => true), { timeoutMs: 10_000 });
    provider = new StripeProvider({
      name: 'stripe',
      secretKey: 'sk_test_mock',
      publishableKey: 'pk_test_mock',
      webhookSecret: 'whsec_mock',
      url,
    });
  });
  afterAll(() => void child?.kill());

  const intent = {
    chargeId: 'charge',
    appointmentId: 'appointment',
    customer: 'cus_1',
    amount: { amount: 60_000, currency: 'TND' },
    capture: 'manual',
    saveMethod: true,
  } as const;
  let key = 0;
  const newKey = () => `key-${(key += 1)}`;

  it.each<[string, () => Promise<unknown>]>([
    ['a customer', () => provider.createCustomer('patient', newKey())],
    ['a payment that is only authorised', () => provider.createPayment(intent, newKey())],
    ['a payment that is taken at once', () => provider.createPayment({ ...intent, capture: 'automatic' }, newKey())],
    ['a charge without the patient', () => provider.chargeOffSession(intent, 'pm_card_visa', newKey())],
    ['a card to be saved', () => provider.createSetup({ customer: 'cus_1', chargeId: 'charge' }, newKey())],
    ['a card to be kept', () => provider.keepMethod('pi_1', true)],
    ['a card not to be kept', () => provider.keepMethod('pi_1', false)],
    ['the confirmation of a payment', () => provider.confirm('payment', 'pi_1', 'pm_card_visa', newKey())],
    ['the confirmation of a card', () => provider.confirm('setup', 'seti_1', 'pm_card_visa', newKey())],
    ['a look at a payment', () => provider.read('payment', 'pi_1')],
    ['a look at a card to be saved', () => provider.read('setup', 'seti_1')],
    [
      'a payment that was made without our knowing',
      () => provider.findIntent('payment', { customer: 'cus_1', chargeId: 'charge', since: new Date() }),
    ],
    [
      'a card to be saved that was made without our knowing',
      () => provider.findIntent('setup', { customer: 'cus_1', chargeId: 'charge', since: new Date() }),
    ],
    ['a capture', () => provider.capture('pi_1', newKey())],
    ['the end of a payment', () => provider.cancel('payment', 'pi_1', newKey())],
    ['the end of a card to be saved', () => provider.cancel('setup', 'seti_1', newKey())],
    ['a refund', () => provider.refund('pi_1', 30_000, newKey())],
    ['a patient’s cards', () => provider.methods('cus_1')],
    ['whose a card is', () => provider.ownerOf('pm_1')],
    ['the removal of a card', () => provider.removeMethod('pm_1')],
    ['the default card', () => provider.makeDefault('cus_1', 'pm_1')],
    [
      'what moved',
      async () => {
        for await (const movement of provider.movements(new Date(0), new Date())) return movement;
        return undefined;
      },
    ],
  ])('%s', async (_, call) => {
    await call();
  });

  it('knows an outage from a refusal', async () => {
    const nowhere = new StripeProvider({
      name: 'stripe',
      secretKey: 'sk_test_mock',
      publishableKey: 'pk_test_mock',
      webhookSecret: 'whsec_mock',
      url: new URL(`http://127.0.0.1:${await freePort()}`),
    });
    await expect(nowhere.read('payment', 'pi_1')).rejects.toBeInstanceOf(ProviderUnavailable);
  });
});
