import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { databaseUri, GrowingPause } from '@medflow/service-kit';
import { eventually } from '@medflow/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Document, MongoClient } from 'mongodb';
import type { Answer, Api, Person } from './api.js';
import { root } from './processes.js';
import { System } from './system.js';

/** `npm run chaos` asks for 1,000 and five; fewer where every change is tested. */
const PAYMENTS = Number(process.env.MEDFLOW_CHAOS_PAYMENTS ?? 40);
const DOCTORS = 5;
const PATIENTS = 20;
const CRASHES = Number(process.env.MEDFLOW_CHAOS_CRASHES ?? 2);
/** A hold must outlast the crashes on a slow machine, or some of the thousand would lapse. */
const HOLD_MINUTES = '30';

/**
 * A service that was killed is away for most of a minute, and what it had begun stays locked until the database ends it: a
 * minute more, or as long as nobody begins anything else.
 */
const PATIENCE_MS = 600_000;
const SIGN_IN_EVERY_MS = 240_000;
/** Twenty who ask five times a second would be what the services are busy with. */
const PAUSES_MS = [200, 3_000] as const;
/** The last payment of the thousand, on the slowest machine. */
const ALL_PAID_MS = 1_500_000;

const faults = { delayMs: [0, 1500], duplicate: 0.3, drop: 0.1, reorder: true };

interface Booking {
  id: string;
  doctor: Person;
  patient: Person;
}

describe('payments while webhooks go wrong and billing is killed', () => {
  let system: System | undefined;
  afterEach(() => system?.discard(), 60_000);

  it(`${PAYMENTS} bookings: each captured once or not at all, ledger and provider agree to the millime`, async () => {
    system = await System.start('processes', {
      env: {
        MEDFLOW_RATE_LIMITS: 'off',
        MEDFLOW_HOLD_MINUTES: HOLD_MINUTES,
        MEDFLOW_TEST_PROVIDER_WEBHOOKS: JSON.stringify(faults),
      },
    });
    const { api } = system;
    const doctors: Person[] = [];
    for (let n = 0; n < DOCTORS; n += 1)
      doctors.push(await api.publishDoctor({ plan: { payment: 'at-booking', autoAccept: n === 0 } }));
    const patients = await api.registerPatients(PATIENTS);
    const bookings: Booking[] = [];
    let done = 0;
    const perPatient = Math.ceil(PAYMENTS / PATIENTS);
    const until = new Date(Date.now() + 59 * 86_400_000).toISOString();
    const slots = new Map<string, { id: string }[]>();
    for (const doctor of doctors) slots.set(doctor.id, await api.slots(doctor.id, `?to=${until}`));

    const crashes = (async () => {
      for (let crash = 1; crash <= CRASHES; crash += 1) {
        await eventually(() => done >= (PAYMENTS * crash) / (CRASHES + 1), { timeoutMs: ALL_PAID_MS, everyMs: 50 });
        await system!.crash('billing');
      }
    })();
    let finished = false;
    // The thousand take longer than an access token lasts.
    const renewal = setInterval(() => void signInAgain(api, [...doctors, ...patients]), SIGN_IN_EVERY_MS);
    const answering = Promise.all(doctors.slice(1).map((doctor) => answerRequests(api, [doctor], () => finished)));

    await Promise.all(
      patients.map(async (patient, at) => {
        for (let n = 0; n < perPatient && bookings.length < PAYMENTS; n += 1) {
          // No two of a patient's are at the same time, and no two patients want the same.
          const index = n * PATIENTS + at;
          const doctor = doctors[index % DOCTORS]!;
          const slot = slots.get(doctor.id)![Math.floor(index / DOCTORS)];
          if (!slot) continue;
          const booked = await bookPatiently(api, patient, slot.id);
          if (booked?.status !== 201) continue;
          bookings.push({ id: booked.body.id, doctor, patient });
          await payFor(api, patient, booked.body.id, index);
          done += 1;
        }
      }),
    ).finally(() => {
      finished = true;
      clearInterval(renewal);
    });
    done = PAYMENTS;
    await crashes;
    await answering;
    expect(bookings.length).toBeGreaterThan(PAYMENTS * 0.8);

    // Everything comes to rest: no request waits for its answer, no payment for its end.
    const client = await MongoClient.connect(system.env.MONGODB_URI!);
    const of = (database: string, collection: string) =>
      client.db(new URL(databaseUri(system!.env.MONGODB_URI!, database)).pathname.slice(1)).collection(collection);
    try {
      const open = async () => [
        ...(await of('billing', 'charges')
          .find({
            $or: [
              {
                appointment: { $in: ['rejected', 'cancelled', 'expired', 'lost'] },
                status: { $in: ['authorised', 'due', 'processing', 'requires-action'] },
              },
              {
                appointment: { $in: ['held', 'requested', 'accepted'] },
                status: { $in: ['authorised', 'processing'] },
              },
              { captured: { $gt: 0 }, fee: { $exists: false } },
            ],
          })
          .toArray()),
        ...(await of('scheduling', 'appointments').find({ status: 'held', 'payment.status': 'authorised' }).toArray()),
      ];
      const isAtRest = async () => {
        // What billing could not say while it was down becomes a request only now.
        await answerRequests(api, doctors.slice(1), () => true);
        return (await open()).length === 0;
      };
      await eventually(isAtRest, { timeoutMs: 180_000, everyMs: 500 }).catch(() => undefined);
      // Tells what is not.
      expect(await open()).toEqual([]);
      const appointments = await of('scheduling', 'appointments').find().toArray();
      const rows = await of('test_provider', 'rows').find({ kind: 'object' }).toArray();
      const objects = rows.map(({ data }) => JSON.parse(data as string) as Document);
      const charges = await of('billing', 'charges').find().toArray();
      checkMoney(appointments, objects, new Map(charges.map((charge) => [charge.appointmentId as string, charge])));
      await checkLedger(objects, await of('billing', 'ledger').find().toArray());
    } finally {
      await client.close();
    }
    const command = spawnSync(process.execPath, [join(root, 'services/billing/dist/reconcile-cli.js')], {
      env: { ...process.env, ...system.env },
      encoding: 'utf8',
    });
    expect(command.stdout).toMatch(/ 0 differences\n$/);
    expect(command.status).toBe(0);
  }, 1_800_000);
});

/** Who cannot now, because the service is away, does the next time. */
async function signInAgain(api: Api, people: Person[]): Promise<void> {
  for (const person of people) person.token = await api.login(person.email).catch(() => person.token);
}

/** Books as a page would whose patient waits while what was paid before is not heard of yet. */
async function bookPatiently(api: Api, patient: Person, slotId: string): Promise<Answer | undefined> {
  const headers = { 'idempotency-key': randomUUID() };
  const pauses = new GrowingPause(PAUSES_MS);
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    const answer = await api.book(patient, slotId, headers).catch(() => undefined);
    const waits = !answer || answer.status === 503 || answer.body.code === 'too-many-holds';
    if (!waits) return answer;
    await pause(pauses.next());
  }
  return undefined;
}

/** Pays as a page would that never gives up: other cards after a decline, the same request after a lost answer. */
async function payFor(api: Api, patient: Person, appointmentId: string, index: number): Promise<void> {
  const cards = ['pm_card_visa', 'pm_card_visa_chargeDeclined', 'pm_card_threeDSecure2Required', 'pm_card_mastercard'];
  let card = cards[index % cards.length]!;
  let answer: Answer | undefined;
  const pauses = new GrowingPause(PAUSES_MS);
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    answer = await api
      .call('POST', '/payments', { token: patient.token, body: { appointmentId, paymentMethodId: card } })
      .catch(() => undefined);
    if (answer?.status === 201 && answer.body.status === 'requires-action') await confirm(api, answer);
    else if (answer?.status === 201 && answer.body.status !== 'processing') return;
    if (answer?.status === 409 && ['already-paid', 'not-payable'].includes(answer.body.code)) return;
    if (answer?.status === 402) card = 'pm_card_visa';
    await pause(pauses.next());
  }
  throw new Error(`${appointmentId} could not be paid: ${answer?.status} ${JSON.stringify(answer?.body)}`);
}

async function confirm(api: Api, { body }: Answer): Promise<void> {
  const { clientSecret: client_secret, publishableKey: key } = body;
  await fetch(`${api.url}/test-provider/v1/authentications/${client_secret.split('_secret_')[0]}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_secret, key, outcome: 'succeed' }),
  });
}

/** Most are accepted; some rejected, and of those accepted some called off by the doctor. */
async function answerRequests(api: Api, doctors: Person[], over: () => boolean): Promise<void> {
  for (;;) {
    const last = over();
    for (const one of doctors) {
      const { token } = one;
      const requests = await api.all('/appointments?status=requested', one).catch(() => []);
      for (const { id } of requests) {
        const choice = Number.parseInt(String(id).slice(-2), 16) % 10;
        if (choice === 0) await api.call('POST', `/appointments/${id}/reject`, { token, body: { reason: 'Absente' } });
        else await api.call('POST', `/appointments/${id}/accept`, { token });
        if (choice === 1) await api.call('POST', `/appointments/${id}/cancel`, { token, body: {} });
      }
    }
    if (last) return;
    await pause(300);
  }
}

function checkMoney(appointments: Document[], objects: Document[], known: ReadonlyMap<string, Document>): void {
  const charges = objects.filter(({ object, captured }) => object === 'charge' && captured);
  const byAppointment = new Map<string, Document[]>();
  for (const charge of charges) {
    const id = charge.metadata.appointmentId as string;
    byAppointment.set(id, [...(byAppointment.get(id) ?? []), charge]);
  }
  for (const { _id, status, price, payment, timing } of appointments) {
    const taken = byAppointment.get(String(_id)) ?? [];
    const about = `${String(_id)} ${status} ${payment.status}`;
    expect([about, taken.length <= 1]).toEqual([about, true]);
    const [charge] = taken;
    if (charge) expect([about, charge.amount_captured]).toEqual([about, price.amount]);
    const kept = (charge?.amount_captured ?? 0) - (charge?.amount_refunded ?? 0);
    const ours = known.get(String(_id));
    // Saved more than six days ahead, the card that its bank wants to hear about each time is refused once nobody is there (ADR 8).
    const isRefusedByBank = ours?.status === 'failed' && ours.declineCode === 'authentication_required';
    if (isRefusedByBank) expect([about, kept, payment.status, ours.method.last4]).toEqual([about, 0, 'failed', '3220']);
    else if (status === 'accepted' && timing === 'at-booking' && kept !== price.amount) {
      const theirs = objects.filter(({ metadata }) => metadata?.appointmentId === String(_id));
      throw new Error(`${about}: kept ${kept} of ${price.amount}: ${JSON.stringify({ ours, theirs })}`);
    }
    if (['rejected', 'cancelled', 'expired'].includes(status)) expect([about, kept]).toEqual([about, 0]);
  }
}

async function checkLedger(objects: Document[], ledger: Document[]): Promise<void> {
  const sum = (of: Document[], field: string) => of.reduce((total, one) => total + Number(one[field]), 0);
  const booked = objects.filter(({ object }) => object === 'balance_transaction');
  const entries = ledger.flatMap((transaction) => transaction.entries as { account: string; amount: number }[]);
  expect(sum(entries, 'amount')).toBe(0);
  expect(
    sum(
      entries.filter(({ account }) => account === 'provider'),
      'amount',
    ),
  ).toBe(sum(booked, 'net'));
}
