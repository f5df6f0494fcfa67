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
import { newDoctor, newPatient, World } from './world.js';

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

let world: World;
let billing: BillingServer;
let doctor: Identified;
let patient: Identified;
beforeAll(async () => {
  billing = await BillingServer.start();
  world = await World.start({}, { billing: billing.url });
});
afterAll(async () => {
  await world.stop();
  billing.stop();
});
beforeEach(async () => {
  [doctor, patient] = [newDoctor(), newPatient()];
  world.contacts.set(patient.id);
  await world.registered(patient, { firstName: 'Amina', locale: 'fr' });
  await world.doctorPublished(doctor, 1, 'Karim');
});

const payment = (over: Partial<PaymentData> = {}): PaymentData => ({
  paymentId: crypto.randomUUID(),
  appointmentId: crypto.randomUUID(),
  patientId: patient.id,
  doctorId: doctor.id,
  amount: { amount: 60_000, currency: 'TND' },
  ...over,
});
const typesOf = async (as: Identified) => (await world.listOf(as)).items.map(({ type }: { type: string }) => type);

describe('news of a payment', () => {
  it('reaches whom it concerns, once however often it is delivered', async () => {
    const data = payment();
    await world.tell(paymentAuthorisedV1, data.paymentId, data);
    const captured = { ...data, receiptNumber: '2026-000007' };
    const id = await world.tell(paymentCapturedV1, data.paymentId, captured, { sequence: 2 });
    await world.tell(paymentCapturedV1, data.paymentId, captured, { id, sequence: 2 });
    expect((await typesOf(patient)).sort()).toEqual(['payment-authorised', 'payment-captured']);
    const { items } = await world.listOf(doctor);
    expect(items).toEqual([
      expect.objectContaining({
        type: 'payment-captured',
        data: { appointmentId: data.appointmentId, paymentId: data.paymentId },
      }),
    ]);
    expect(items[0].body).toMatch(/a payé 60,000\s?TND/);
  });

  it('tells of declines and questions of the bank only who was not at the page', async () => {
    for (const offSession of [false, true]) {
      const data = { ...payment(), offSession };
      await world.tell(paymentFailedV1, data.paymentId, { ...data, reason: 'insufficient_funds' });
      await world.tell(paymentPendingV1, data.paymentId, { ...data, status: 'requires-action' }, { sequence: 2 });
    }
    expect((await typesOf(patient)).sort()).toEqual(['payment-failed', 'payment-pending']);
    expect(await typesOf(doctor)).toEqual([]);
  });

  it('tells that money is free again where some was set aside, and how much goes back', async () => {
    const [released, never] = [payment(), payment()];
    await world.tell(paymentVoidedV1, released.paymentId, { ...released, released: true });
    await world.tell(paymentVoidedV1, never.paymentId, { ...never, released: false });
    const refunded = { ...payment(), refunded: { amount: 30_000, currency: 'TND' } };
    await world.tell(paymentRefundedV1, refunded.paymentId, refunded);
    const { items } = await world.listOf(patient);
    expect(items.map(({ type }: { type: string }) => type).sort()).toEqual(['payment-refunded', 'payment-voided']);
    expect(items.find(({ type }: { type: string }) => type === 'payment-refunded').body).toMatch(/^30,000\s?TND/);
  });
});

describe('the letter with the receipt', () => {
  const receiptsMailed = async () => {
    const folder = join(world.home, 'mail');
    const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'));
    const letters = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
    return letters.filter((letter) => letter.includes(patientMail()) && letter.includes('medflow-2026-000007.pdf'));
  };
  const patientMail = () => `${patient.id}@`;

  it('waits for billing, and brings it', async () => {
    billing.down = true;
    const data = { ...payment(), receiptNumber: '2026-000007' };
    await world.tell(paymentCapturedV1, data.paymentId, data);
    await eventually(() => billing.asked.includes(`/internal/receipts/${data.paymentId} test-internal-token`), {
      timeoutMs: 10_000,
    });
    expect(await receiptsMailed()).toHaveLength(0);
    billing.down = false;
    // The pause before the second attempt is five seconds.
    await eventually(async () => (await receiptsMailed()).length > 0, { timeoutMs: 20_000, everyMs: 200 });
    const [letter] = await receiptsMailed();
    expect(letter).toContain(Buffer.from('%PDF-1.7 seven').toString('base64'));
  }, 40_000);
});

describe('news of an appointment with a payment', () => {
  it('says that it is to be paid now, where it is', async () => {
    const due = world.appointment(doctor, patient, { payment: 'after-acceptance' });
    const paid = world.appointment(doctor, patient, { payment: 'at-booking' });
    const free = world.appointment(doctor, patient, { price: { amount: 0, currency: 'TND' } });
    for (const data of [due, paid, free]) await world.tell(appointmentAcceptedV1, data.appointmentId, data);
    const { items } = await world.listOf(patient);
    const bodyOf = ({ appointmentId }: { appointmentId: string }) =>
      items.find(({ data }: { data: { appointmentId: string } }) => data.appointmentId === appointmentId).body;
    expect(bodyOf(due)).toMatch(/payer 60,000\s?TND/);
    expect(bodyOf(paid)).not.toContain('payer');
    expect(bodyOf(free)).not.toContain('payer');
  });

  it('tells the doctor nothing of what was merely held', async () => {
    const data = world.appointment(doctor, patient, { payment: 'at-booking', announced: false });
    await world.tell(appointmentExpiredV1, data.appointmentId, data);
    const other = world.appointment(doctor, patient, { payment: 'at-booking', announced: false });
    await world.tell(appointmentCancelledV1, other.appointmentId, { ...other, by: 'patient' });
    await world.tell(appointmentHoldLostV1, data.appointmentId, data, { sequence: 2 });
    expect(await typesOf(doctor)).toEqual([]);
    expect((await typesOf(patient)).sort()).toEqual([
      'appointment-cancelled',
      'appointment-expired',
      'appointment-hold-lost',
    ]);
  });
});
