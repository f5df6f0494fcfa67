// Payments of held slots against the test provider, and how long a webhook takes to move an appointment.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { turns } from './bookings.mjs';
import { call, couples, flood, percentile } from './client.mjs';

export const WIDTH = 8;
const WEBHOOKS = 60;
const GIVE_UP_MS = 30_000;

/** Writes carry a key, as the page's do. */
async function must(status, method, url, options) {
  const headers = method === 'POST' ? { 'idempotency-key': randomUUID() } : {};
  const answer = await call(method, url, { ...options, headers });
  if (answer.status !== status) throw new Error(`${method} ${url}: ${answer.status} ${answer.text}`);
  return JSON.parse(answer.text);
}

/** Holds a slot and pays for it: two requests of the patient, four of ours at the provider. */
export function* payments(queue, api) {
  for (const { patient, slot } of queue)
    yield async () => {
      const { token } = patient;
      const { id } = await must(201, 'POST', `${api}/appointments`, { token, body: { slotId: slot.id } });
      const body = { appointmentId: id, paymentMethodId: 'pm_card_visa' };
      const { status } = await must(201, 'POST', `${api}/payments`, { token, body });
      if (status !== 'authorised') throw new Error(`payment is ${status}`);
    };
}

/** The patient confirms in the page, so that only the provider's webhook can tell us. @returns milliseconds */
async function webhookLag({ patient, slot }, url) {
  const { token } = patient;
  const api = `${url}/api/v1`;
  const { id } = await must(201, 'POST', `${api}/appointments`, { token, body: { slotId: slot.id } });
  const body = { appointmentId: id, paymentMethodId: 'pm_card_threeDSecure2Required' };
  const { clientSecret, publishableKey } = await must(201, 'POST', `${api}/payments`, { token, body });
  const intent = clientSecret.split('_secret_')[0];
  await must(200, 'POST', `${url}/test-provider/v1/authentications/${intent}`, {
    body: { key: publishableKey, client_secret: clientSecret, outcome: 'succeed' },
  });
  const at = performance.now();
  while (performance.now() - at < GIVE_UP_MS) {
    const { status } = await must(200, 'GET', `${api}/appointments/${id}`, { token });
    if (status === 'requested') return performance.now() - at;
    await sleep(2);
  }
  throw new Error('no webhook moved the appointment');
}

export async function measurePayments({ medflow, administrator, report, roundMs }) {
  const people = await couples(medflow.url, administrator, 8, { payment: 'at-booking', autoAccept: false });
  const queue = turns(people);
  const { done, ms } = await flood(payments(queue, `${medflow.url}/api/v1`), WIDTH, roundMs);
  report(`Slots held and paid, ${WIDTH} at a time`, `${((done / ms) * 1000).toFixed(1)}/s`, '≥ 50/s');
  const spent = [];
  for (let n = 0; n < WEBHOOKS; n += 1) spent.push(await webhookLag(queue.next().value, medflow.url));
  report(
    'From the bank’s yes, by webhook, to the request at the doctor’s, p50 · p99',
    `${percentile(spent, 0.5).toFixed(0)} · ${percentile(spent, 0.99).toFixed(0)} ms`,
  );
}
