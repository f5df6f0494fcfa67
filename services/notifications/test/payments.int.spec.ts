import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  appointmentAcceptedV1,
  appointmentCancelledV1,
  appointmentExpiredV1,
  appointmentHoldLostV1,
  paymentAuthorisedV1,
  paymentCapturedV1,
  type PaymentData,
  paymentFailedV1,
  paymentPendingV1,
  paymentRefundedV1,
  paymentVoidedV1,
} from '@medflow/contracts';
import { eventually, type Identified } from '@medflow/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newDoctor, newPatient, NotificationsHarness } from './harness.js';

/** Billing, as far as letters need it. */
class BillingServer {
  asked: string[] = [];
  down = false;
  private constructor(private readonly server: Server) {}

  static async start(): Promise<BillingServer> {
    const server = createServer();
    const billing = new BillingServer(server);
    server.on('request', (request, response) => {
      billing.asked.push(`${request.url} ${request.headers['x-medflow-internal']}`);
      response.statusCode = billing.down ? 503 : 200;
      response.setHeader('content-disposition', 'attachment; filename="medflow-2026-000007.pdf"');
      response.end(billing.down ? '' : '%PDF-1.7 seven');
    });
    server.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    return billing;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

let harness: NotificationsHarness;
let billing: BillingServer;
let doctor: Identified;
let patient: Identified;
beforeAll(async () => {
  billing = await BillingServer.start();
  harness = await NotificationsHarness.start({}, { billing: billing.url });
});
afterAll(async () => {
  await harness.stop();
  billing.stop();
});
beforeEach(async () => {
  [doctor, patient] = [newDoctor(), newPatient()];
  harness.contacts.set(patient.id);
  await harness.registered(patient, { firstName: 'Amina', locale: 'fr' });
  await harness.doctorPublished(doctor, 1, 'Karim');
});

const payment = (over: Partial<PaymentData> = {}): PaymentData => ({
  paymentId: crypto.randomUUID(),
  appointmentId: crypto.randomUUID(),
  patientId: patient.id,
  doctorId: doctor.id,
  amount: { amount: 60_000, currency: 'TND' },
  ...over,
});
const liveOf = ({ id }: Identified) => harness.live.filter(({ data }) => data.accountId === id);
const typesOf = async (as: Identified) => (await harness.listOf(as)).items.map(({ type }: { type: string }) => type);

const patience = { timeoutMs: 15_000, everyMs: 50 };

describe('news of a payment', () => {
  it('reaches whom it concerns, once however often it is delivered', async () => {
    const data = payment();
    await harness.deliver(paymentAuthorisedV1, data.paymentId, data);
    const captured = { ...data, receiptNumber: '2026-000007' };
    const id = await harness.deliver(paymentCapturedV1, data.paymentId, captured, { sequence: 2 });
    await harness.deliver(paymentCapturedV1, data.paymentId, captured, { id, sequence: 2 });
    expect((await typesOf(patient)).sort()).toEqual(['payment-authorised', 'payment-captured']);
    const { items } = await harness.listOf(doctor);
    expect(items).toEqual([
      expect.objectContaining({
        type: 'payment-captured',
        data: { appointmentId: data.appointmentId, paymentId: data.paymentId },
      }),
    ]);
    expect(items[0].body).toMatch(/a payé 60\s?TND/);
    await eventually(() => liveOf(doctor).length > 0);
    const { appointmentId, paymentId } = data;
    expect(liveOf(doctor).map((event) => event.data)).toEqual([
      expect.objectContaining({ kind: 'payment-captured', appointmentId, paymentId }),
    ]);
  });

  it('has one effect when it is delivered again, at the same time or after the inbox forgot it', async () => {
    const data = { ...payment(), refunded: { amount: 30_000, currency: 'TND' } };
    const again = (id?: string) => harness.deliver(paymentRefundedV1, data.paymentId, data, id ? { id } : {});
    const id = await again();
    await Promise.all([again(id), again(id), again(id)]);
    await harness.collection('inbox').deleteOne({ _id: `notifications.payments|${id}` });
    await again(id);
    for (const side of [doctor, patient]) {
      expect(await typesOf(side)).toEqual(['payment-refunded']);
      expect(liveOf(side)).toHaveLength(1);
    }
  });

  it('stands in the order in which it happened, whatever the order in which it comes', async () => {
    const data = payment();
    const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 8, minute));
    const refunded = { ...data, refunded: data.amount };
    await harness.deliver(paymentRefundedV1, data.paymentId, refunded, { sequence: 4, time: at(3) });
    await harness.deliver(paymentAuthorisedV1, data.paymentId, data, { sequence: 2, time: at(1) });
    const captured = { ...data, receiptNumber: '2026-000008' };
    await harness.deliver(paymentCapturedV1, data.paymentId, captured, { sequence: 3, time: at(2) });
    expect(await typesOf(patient)).toEqual(['payment-refunded', 'payment-captured', 'payment-authorised']);
    expect(await typesOf(doctor)).toEqual(['payment-refunded', 'payment-captured']);
  });

  it('is not held up by a poisoned message or by one that always fails', async () => {
    const broken = payment({ amount: { amount: -1, currency: 'TND' } });
    const failing = crypto.randomUUID();
    await harness.collection('notifications').insertOne({ _id: `000001-${failing}.d`, accountId: 'somebody' });
    const [held, data] = [{ ...payment(), receiptNumber: '2026-000009' }, payment()];
    const [poisonous] = await Promise.all([
      harness.deliver(paymentAuthorisedV1, broken.paymentId, broken),
      harness.deliver(paymentCapturedV1, held.paymentId, held, { id: failing }),
      harness.deliver(paymentAuthorisedV1, data.paymentId, data),
    ]);
    await eventually(async () => {
      const parked = (await harness.bus.deadLetters.list('notifications.payments')).map(({ id }) => id);
      return [poisonous, failing].every((id) => parked.includes(id));
    });
    // The one that failed left nothing behind, not even the half that could be written.
    expect(await typesOf(patient)).toEqual(['payment-authorised']);
    expect(await typesOf(doctor)).toEqual([]);
  });

  it('tells of declines and questions of the bank only who was not at the page', async () => {
    for (const offSession of [false, true]) {
      const data = { ...payment(), offSession };
      await harness.deliver(paymentFailedV1, data.paymentId, { ...data, reason: 'insufficient_funds' });
      await harness.deliver(paymentPendingV1, data.paymentId, { ...data, status: 'requires-action' }, { sequence: 2 });
    }
    expect((await typesOf(patient)).sort()).toEqual(['payment-failed', 'payment-pending']);
    expect(await typesOf(doctor)).toEqual([]);
  });

  it('tells that money is free again where some was set aside, and how much goes back', async () => {
    const [released, never] = [payment(), payment()];
    await harness.deliver(paymentVoidedV1, released.paymentId, { ...released, released: true });
    await harness.deliver(paymentVoidedV1, never.paymentId, { ...never, released: false });
    const refunded = { ...payment(), refunded: { amount: 30_000, currency: 'TND' } };
    await harness.deliver(paymentRefundedV1, refunded.paymentId, refunded);
    const { items } = await harness.listOf(patient);
    expect(items.map(({ type }: { type: string }) => type).sort()).toEqual(['payment-refunded', 'payment-voided']);
    expect(items.find(({ type }: { type: string }) => type === 'payment-refunded').body).toMatch(/^30\s?TND/);
  });
});

describe('the letter with the receipt', () => {
  /** What was sent to the account, as kept on this machine. */
  const lettersTo = async ({ id }: Identified) => {
    const folder = join(harness.home, 'mail');
    const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'));
    const letters = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
    return letters.filter((letter) => letter.includes(`${id}@example.tn`));
  };
  const waiting = () => harness.collection('mail_queue').findOne({ 'notification.accountId': patient.id });
  const captured = async () => {
    harness.contacts.set(doctor.id);
    const data = { ...payment(), receiptNumber: '2026-000007' };
    await harness.deliver(paymentCapturedV1, data.paymentId, data);
    return data;
  };

  it('waits for billing, then brings it once, to the patient alone', async () => {
    billing.down = true;
    const data = await captured();
    const question = `/internal/receipts/${data.paymentId} test-internal-token`;
    await eventually(() => billing.asked.includes(question), patience);
    await eventually(async () => {
      const letter = await waiting();
      return letter?.attempts === 1 && letter.claim === undefined;
    }, patience);
    expect(await lettersTo(patient)).toEqual([]);
    billing.down = false;
    await eventually(async () => {
      await harness.pausesAreOver();
      return !(await waiting());
    }, patience);
    const letters = await lettersTo(patient);
    expect(letters).toHaveLength(1);
    expect(letters[0]).toMatch(/^Content-Type: application\/pdf; name=medflow-2026-000007\.pdf/m);
    expect(letters[0]).toContain(Buffer.from('%PDF-1.7 seven').toString('base64'));
    expect(await lettersTo(doctor)).toEqual([]);
  });

  it('is named in the mailbox of a machine without an SMTP server', async () => {
    await captured();
    const ofPatient = ({ to }: { to: string }) => to === `${patient.id}@example.tn`;
    const letter = await eventually(async () => {
      const { items } = (await harness.call('GET', '/mailbox/api')).body;
      return items.find(ofPatient);
    }, patience);
    expect(letter.text).toContain('http://localhost:3000/payments');
    expect(letter.attachments).toEqual([{ filename: 'medflow-2026-000007.pdf', size: 14 }]);
    expect((await harness.call('GET', '/mailbox')).body).toContain('medflow-2026-000007.pdf');
  });
});

describe('news of an appointment with a payment', () => {
  it('says that it is to be paid now, where it is', async () => {
    const due = harness.appointment(doctor, patient, { payment: 'after-acceptance' });
    const paid = harness.appointment(doctor, patient, { payment: 'at-booking' });
    const free = harness.appointment(doctor, patient, { price: { amount: 0, currency: 'TND' } });
    for (const data of [due, paid, free]) await harness.deliver(appointmentAcceptedV1, data.appointmentId, data);
    const { items } = await harness.listOf(patient);
    const bodyOf = ({ appointmentId }: { appointmentId: string }) =>
      items.find(({ data }: { data: { appointmentId: string } }) => data.appointmentId === appointmentId).body;
    expect(bodyOf(due)).toMatch(/payer 60\s?TND/);
    expect(bodyOf(paid)).not.toContain('payer');
    expect(bodyOf(free)).not.toContain('payer');
  });

  it('tells the doctor nothing of what was merely held', async () => {
    const data = harness.appointment(doctor, patient, { payment: 'at-booking', announced: false });
    await harness.deliver(appointmentExpiredV1, data.appointmentId, data);
    const other = harness.appointment(doctor, patient, { payment: 'at-booking', announced: false });
    await harness.deliver(appointmentCancelledV1, other.appointmentId, { ...other, by: 'patient' });
    await harness.deliver(appointmentHoldLostV1, data.appointmentId, data, { sequence: 2 });
    expect(await typesOf(doctor)).toEqual([]);
    expect((await typesOf(patient)).sort()).toEqual([
      'appointment-cancelled',
      'appointment-expired',
      'appointment-hold-lost',
    ]);
  });
});
