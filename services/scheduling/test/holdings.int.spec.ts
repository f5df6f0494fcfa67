import { eventually, heldFacts } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { scheduling } from '../src/index.js';
import { SchedulingHarness } from './harness.js';

let harness: SchedulingHarness;
beforeAll(async () => {
  harness = await SchedulingHarness.start();
});
afterAll(() => harness.stop());

const held = async (id: string, since?: Date) =>
  (await heldFacts(scheduling, { mongoUri: harness.service.database.uri }, since)).filter(
    ({ subject }) => subject === id,
  );

describe('what scheduling tells again', () => {
  it('is the last word on each appointment, under the number that it was told with, with what is known of its payment', async () => {
    const hold = await harness.held(await harness.publishedDoctor());
    await harness.authorise(hold);
    await harness.standing(hold, 'requested');
    expect((await harness.step(hold.doctor, hold, 'accept')).status).toBe(200);
    const accepted = (await harness.collection('appointments').findOne({ _id: hold.id })) as unknown as {
      version: number;
    };
    // Changes the appointment, and nobody is told.
    await harness.capture(hold);

    const [fact, ...more] = await held(hold.id);
    expect(more).toEqual([]);
    expect([fact!.contract.type, fact!.sequence]).toEqual(['scheduling.appointment-accepted.v1', accepted.version]);
    expect(fact!.data).toEqual({
      ...harness.last.get(hold.id),
      knownPayment: { paymentId: `pay-${hold.id}`, status: 'paid', sequence: 2 },
    });
  });

  it('says of a cancelled one who cancelled it, and why', async () => {
    const hold = await harness.held(await harness.publishedDoctor());
    await harness.step(hold.patient, hold, 'cancel', { reason: 'Empêchement' });
    const [fact] = await held(hold.id);
    expect(fact!.data).toEqual(harness.last.get(hold.id));
    expect(fact!.data).toMatchObject({ by: 'patient', reason: 'Empêchement' });
  });

  it('says of a moved one where it was, and of a proposal what was proposed, also once that has lapsed', async () => {
    const doctor = await harness.publishedDoctor();
    const hold = await harness.held(doctor);
    await harness.authorise(hold);
    const [first, second] = (await harness.slotsOf(doctor)).slice(-2);
    for (const [as, slotId] of [
      [hold.patient, first!.id],
      [doctor, second!.id],
    ] as const) {
      expect((await harness.step(as, hold, 'reschedule', { slotId })).status).toBe(200);
      await harness.collection('appointments').updateOne({ _id: hold.id }, { $unset: { proposal: '' } });
      const [fact] = await held(hold.id);
      expect(fact!.data).toMatchObject(harness.last.get(hold.id)!);
    }
  });

  it('is in which zone each doctor plans, under the version of the plan, told whenever it is published', async () => {
    const type = 'scheduling.availability-planned.v1';
    const told: unknown[] = [];
    harness.bus.subscribe([type], ({ subject, sequence, data }) => told.push({ subject, sequence, data }));
    const doctor = await harness.publishedDoctor();
    const moved = { as: doctor, body: { timeZone: 'Asia/Tokyo' } };
    const began = new Date();
    expect((await harness.service.call('PUT', '/doctors/me/availability', moved)).status).toBe(200);
    const refused = { ...moved, headers: { 'if-match': '"1"' } };
    expect((await harness.service.call('PUT', '/doctors/me/availability', refused)).status).toBe(412);
    const plan = (sequence: number, timeZone: string) => ({
      subject: doctor.id,
      sequence,
      data: { doctorId: doctor.id, timeZone },
    });
    await eventually(() => told.length >= 2);
    expect(told).toEqual([plan(1, 'Africa/Tunis'), plan(2, 'Asia/Tokyo')]);

    const plans = async (since?: Date) =>
      (await held(doctor.id, since)).filter(({ contract }) => contract.type === type);
    expect(await plans()).toEqual([expect.objectContaining(plan(2, 'Asia/Tokyo'))]);
    expect(await plans(began)).toHaveLength(1);
    expect(await plans(new Date(Date.now() + 1_000))).toEqual([]);
    // Of an earlier release, which told nobody.
    await harness.collection('doctors').updateOne({ _id: doctor.id }, { $unset: { plannedAt: '' } });
    expect(await plans(new Date(Date.now() + 1_000))).toEqual([expect.objectContaining(plan(2, 'Asia/Tokyo'))]);
  });

  it('is implied by how it stands, for an appointment of an earlier release', async () => {
    const hold = await harness.held(await harness.publishedDoctor());
    await harness.step(hold.patient, hold, 'cancel', { reason: 'Empêchement' });
    const [before] = await held(hold.id);
    await harness.collection('appointments').updateOne({ _id: hold.id }, { $unset: { lastFact: '' } });
    const [fact] = await held(hold.id, new Date(Date.now() - 1_000));
    expect(fact ?? (await held(hold.id))[0]).toMatchObject({
      contract: before!.contract,
      data: before!.data,
      sequence: before!.sequence,
    });
  });
});
