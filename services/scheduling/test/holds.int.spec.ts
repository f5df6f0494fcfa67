import {
  contracts,
  doctorPublishedV1,
  paymentAuthorisedV1,
  paymentCapturedV1,
  paymentFailedV1,
  paymentRefundedV1,
  topology,
} from '@medflow/contracts';
import { InProcessBus } from '@medflow/messaging';
import { eventually, type Identified, ServiceHarness, testDatabase } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { scheduling } from '../src/index.js';

const price = { amount: 60_000, currency: 'TND' };
let sequence = 0;
const next = (name: string): string => `${name}-${(sequence += 1)}`;
const newPatient = (): Identified => ({
  id: next('patient'),
  role: 'patient',
  firstName: 'Amina',
  lastName: 'Ben Salah',
});
const past = new Date(Date.now() - 60_000);

describe('slots held for their payment', () => {
  let bus: InProcessBus;
  let busDatabase: Awaited<ReturnType<typeof testDatabase>>;
  let service: ServiceHarness;
  /** What the service told, by appointment. */
  const told = new Map<string, string[]>();
  beforeAll(async () => {
    busDatabase = await testDatabase('bus');
    bus = new InProcessBus(busDatabase.client.db(), { retryDelays: [50, 50] });
    bus.declare(topology);
    service = await ServiceHarness.start(scheduling, { kind: 'in-process', bus });
    for (const queue of Object.keys(topology).filter((name) => !name.startsWith('scheduling.')))
      bus.consume(queue, async () => undefined, 100);
    const types = contracts.map(({ type }) => type).filter((type) => type.startsWith('scheduling.appointment'));
    bus.subscribe(types, ({ type, subject }: { type: string; subject: string }) => {
      told.set(subject, [...(told.get(subject) ?? []), type.split('.')[1]!]);
    });
  });
  afterAll(async () => {
    await service.stop();
    bus.close();
    await busDatabase.drop();
  });

  async function tell(
    contract: (typeof contracts)[number],
    subject: string,
    data: object,
    at: number,
    id: string = crypto.randomUUID(),
  ) {
    const body = JSON.stringify({
      specversion: '1.0',
      id,
      source: '/medflow/test',
      type: contract.type,
      subject,
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      correlationid: 'test',
      sequence: at,
      data,
    });
    await bus.publish({ id, type: contract.type, subject, live: false, body });
  }

  async function publishedDoctor(plan: object = {}): Promise<Identified> {
    const doctor: Identified = { id: next('doctor'), role: 'doctor' };
    const profile = {
      firstName: 'Karim',
      lastName: 'Trabelsi',
      specializations: [],
      city: 'Tunis',
      timeZone: 'Africa/Tunis',
    };
    await tell(doctorPublishedV1, doctor.id, { doctorId: doctor.id, ...profile }, 1);
    const hours = { start: '08:00', end: '12:00', slotMinutes: 30, mode: 'video', price };
    const weekly = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, ...hours }));
    const body = { timeZone: 'Africa/Tunis', weekly, minNoticeMinutes: 0, payment: 'at-booking', ...plan };
    expect((await service.call('PUT', '/doctors/me/availability', { as: doctor, body })).status).toBe(200);
    return doctor;
  }
  const slotsOf = async (doctor: Identified): Promise<{ id: string }[]> =>
    (await service.call('GET', `/doctors/${doctor.id}/slots`)).body.items;
  const book = (as: Identified, slotId: string, headers: Record<string, string> = {}) =>
    service.call('POST', '/appointments', { as, body: { slotId }, headers });
  const held = async (doctor: Identified, as = newPatient(), at = 0) => {
    const slot = (await slotsOf(doctor))[at]!;
    const { status, body } = await book(as, slot.id);
    expect([status, body.status]).toEqual([201, 'held']);
    return { id: body.id as string, slotId: slot.id, patient: as, doctor };
  };
  type Held = Awaited<ReturnType<typeof held>>;
  const collection = (name: string) => service.database.client.db().collection<{ _id: string }>(name);
  /** The hold's end has come, and nobody has looked at it yet. */
  const lapse = async ({ id }: Held) => {
    await collection('claims').updateMany({ appointmentId: id }, { $set: { holdUntil: past } });
    await collection('appointments').updateOne({ _id: id, status: 'held' }, { $set: { holdUntil: past } });
  };
  const paymentOf = ({ id, patient, doctor }: Held) => ({
    paymentId: `pay-${id}`,
    appointmentId: id,
    patientId: patient.id,
    doctorId: doctor.id,
    amount: price,
  });
  const authorise = (hold: Held, at = 1, eventId?: string) =>
    tell(paymentAuthorisedV1, `pay-${hold.id}`, paymentOf(hold), at, eventId);
  const read = async (as: Identified, id: string) => (await service.call('GET', `/appointments/${id}`, { as })).body;
  const claimsOf = (id: string) => collection('claims').find({ appointmentId: id }).toArray();

  it('are nobody else’s, and nothing for the doctor to see, until they are paid', async () => {
    const doctor = await publishedDoctor();
    const hold = await held(doctor);
    expect((await book(newPatient(), hold.slotId)).status).toBe(409);
    expect((await service.call('GET', `/appointments/${hold.id}`, { as: doctor })).status).toBe(404);
    expect((await service.call('GET', '/appointments', { as: doctor })).body.items).toEqual([]);
    await authorise(hold);
    await eventually(async () => (await read(doctor, hold.id)).status === 'requested');
    expect((await claimsOf(hold.id)).every((claim) => !('holdUntil' in claim))).toBe(true);
    await eventually(() => told.get(hold.id)?.join() === 'appointment-held,appointment-requested');
  });

  it('are accepted with their payment where the doctor accepts at once, once for a doubled event', async () => {
    const doctor = await publishedDoctor({ autoAccept: true });
    const hold = await held(doctor);
    const eventId = crypto.randomUUID();
    await Promise.all([authorise(hold, 1, eventId), authorise(hold, 1, eventId)]);
    await eventually(async () => (await read(hold.patient, hold.id)).status === 'accepted');
    await tell(paymentCapturedV1, `pay-${hold.id}`, { ...paymentOf(hold), receiptNumber: '2026-000001' }, 3);
    await tell(paymentFailedV1, `pay-${hold.id}`, { ...paymentOf(hold), reason: 'late', offSession: false }, 2);
    expect((await read(hold.patient, hold.id)).payment).toEqual({ status: 'paid', paymentId: `pay-${hold.id}` });
  });

  it('are free the moment they lapse, and go to exactly one of fifty who want them then', async () => {
    const doctor = await publishedDoctor();
    const hold = await held(doctor);
    await lapse(hold);
    expect((await slotsOf(doctor)).map(({ id }) => id)).toContain(hold.slotId);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        // Half of them within a transaction of their own, as clients with keys are.
        book(newPatient(), hold.slotId, n % 2 ? { 'idempotency-key': next('key') } : {}),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(49);
    expect((await read(hold.patient, hold.id)).status).toBe('expired');
    expect(await claimsOf(hold.id)).toEqual([]);
  });

  it('are never both paid and taken over', async () => {
    const doctor = await publishedDoctor();
    for (let round = 0; round < 10; round += 1) {
      const hold = await held(doctor, newPatient(), round);
      await lapse(hold);
      const [, answer] = await Promise.all([authorise(hold), book(newPatient(), hold.slotId)]);
      const settled = await eventually(async () => {
        const { status, payment } = await read(hold.patient, hold.id);
        return payment.status === 'authorised' ? (status as string) : undefined;
      });
      expect([settled, answer.status]).toEqual(answer.status === 201 ? ['expired', 201] : ['requested', 409]);
      if (answer.status === 201) await eventually(() => told.get(hold.id)?.includes('appointment-hold-lost') === true);
    }
  }, 60_000);

  it('lapse by themselves, and a late payment wins them back while they are free', async () => {
    const doctor = await publishedDoctor();
    const hold = await held(doctor);
    await lapse(hold);
    await eventually(async () => (await read(hold.patient, hold.id)).status === 'expired', { timeoutMs: 15_000 });
    await authorise(hold);
    await eventually(async () => (await read(doctor, hold.id)).status === 'requested');
    expect((await slotsOf(doctor)).map(({ id }) => id)).not.toContain(hold.slotId);
  }, 30_000);

  it('are three at most', async () => {
    const [doctor, patient] = [await publishedDoctor(), newPatient()];
    for (let n = 0; n < 3; n += 1) await held(doctor, patient);
    const slot = (await slotsOf(doctor))[0]!;
    const answer = await book(patient, slot.id);
    expect([answer.status, answer.body.code]).toEqual([409, 'too-many-holds']);
  });

  it('keep the terms that they were booked on, whatever the doctor changes', async () => {
    const cancellation = { cutoffHours: 72, tiers: [{ hoursBefore: 0, refundPercent: 30 }] };
    const doctor = await publishedDoctor({ cancellation });
    const hold = await held(doctor);
    await authorise(hold);
    await eventually(async () => (await read(doctor, hold.id)).status === 'requested');
    const plan = (await service.call('GET', '/doctors/me/availability', { as: doctor })).body;
    const changed = { ...plan, cancellation: { cutoffHours: 0, tiers: [] }, payment: 'after-acceptance' };
    await service.call('PUT', '/doctors/me/availability', { as: doctor, body: changed });
    await service.call('POST', `/appointments/${hold.id}/accept`, { as: doctor });
    await tell(paymentCapturedV1, `pay-${hold.id}`, { ...paymentOf(hold), receiptNumber: '2026-000001' }, 2);
    const { policy } = await read(hold.patient, hold.id);
    expect(policy).toMatchObject({
      cutoffHours: 72,
      tiers: [{ hoursBefore: 0, refundPercent: 30 }],
      refundPercentNow: 30,
    });
    const cancelled = await service.call('POST', `/appointments/${hold.id}/cancel`, { as: hold.patient, body: {} });
    expect(cancelled.body.refund).toEqual({ amount: 18_000, currency: 'TND', percent: 30 });
    const refunded = { amount: 18_000, currency: 'TND' };
    await tell(paymentRefundedV1, `pay-${hold.id}`, { ...paymentOf(hold), refunded }, 3);
    expect((await read(hold.patient, hold.id)).payment).toEqual({
      status: 'partly-refunded',
      paymentId: `pay-${hold.id}`,
      refunded,
    });
  });

  it.each([
    [{ cutoffHours: 24, tiers: [{ hoursBefore: 24, refundPercent: 50 }] }, 'cancellation.tiers.0.hoursBefore'],
    [{ cutoffHours: -1, tiers: [] }, 'cancellation.cutoffHours'],
    [{ cutoffHours: 24, tiers: [{ hoursBefore: 2, refundPercent: 101 }] }, 'cancellation.tiers.0.refundPercent'],
    [{ cutoffHours: '24', tiers: [] }, 'cancellation.cutoffHours'],
  ])('cannot be offered on the terms %j', async (cancellation, field) => {
    const doctor: Identified = { id: next('doctor'), role: 'doctor' };
    const answer = await service.call('PUT', '/doctors/me/availability', { as: doctor, body: { cancellation } });
    expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([422, field]);
  });
});
