import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asksFirst, newPatient, SchedulingHarness } from './harness.js';

let harness: SchedulingHarness;
beforeAll(async () => {
  harness = await SchedulingHarness.start();
});
afterAll(() => harness.stop());

describe('a booking that is sent again', () => {
  it('answers the same to the same Idempotency-Key, also at once', async () => {
    const [asker, rival] = [newPatient(), newPatient()];
    const doctor = await harness.publishedDoctor(asksFirst);
    const [slot, other] = await harness.slotsOf(doctor);
    const key = { 'idempotency-key': 'key-1' };
    const answers = await Promise.all(Array.from({ length: 5 }, () => harness.book(asker, slot!.id, key)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const reused = await harness.book(asker, other!.id, key);
    expect(reused.status).toBe(422);
    expect(reused.body.code).toBe('idempotency-key-reused');
    const loser = await harness.book(rival, slot!.id, { 'idempotency-key': 'key-2' });
    expect(loser.status).toBe(409);
    expect((await harness.book(rival, slot!.id, { 'idempotency-key': 'key-2' })).body.alternatives).toEqual(
      loser.body.alternatives,
    );
  });

  it('answers a repeated request with what it booked, whatever became of that and of the slot', async () => {
    const doctor = await harness.publishedDoctor(asksFirst);
    const [slot, other] = await harness.slotsOf(doctor);
    const [asker, stranger] = [newPatient(), newPatient()];
    const key = { 'idempotency-key': 'key-3' };
    const first = await harness.book(asker, slot!.id, key);
    expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([201, null]);
    const again = await harness.book(asker, slot!.id, key);
    expect([again.status, again.body, again.headers.get('idempotency-replayed')]).toEqual([201, first.body, 'true']);
    await harness.service.call('POST', `/appointments/${first.body.id}/cancel`, { as: asker });
    // The time is free again, and is not booked a second time.
    expect((await harness.book(asker, slot!.id, key)).body).toMatchObject({ id: first.body.id, status: 'cancelled' });
    expect((await harness.slotsOf(doctor)).map(({ id }) => id)).toContain(slot!.id);
    expect((await harness.book(asker, other!.id, key)).body.code).toBe('idempotency-key-reused');
    expect((await harness.slotsOf(doctor)).map(({ id }) => id)).toContain(other!.id);
    // The same key of somebody else is another.
    const theirs = await harness.book(stranger, slot!.id, key);
    expect([theirs.status, theirs.body.id === first.body.id]).toEqual([201, false]);
    await harness.service.call('PUT', '/doctors/me/availability', { as: doctor, body: { weekly: [] } });
    expect((await harness.book(stranger, slot!.id, key)).body.id).toBe(theirs.body.id);
    expect((await harness.book(asker, slot!.id, { 'idempotency-key': 'key 4' })).body.errors[0].field).toBe(
      'Idempotency-Key',
    );
  });

  it('keeps neither the key of a request nor what can be told of its body without it', async () => {
    const doctor = await harness.publishedDoctor(asksFirst);
    const slots = await harness.slotsOf(doctor);
    const keys = [1, 2].map((n) => ({ 'idempotency-key': `a-key-that-is-kept-nowhere-${n}` }));
    const asker = newPatient();
    const first = await harness.book(asker, slots[0]!.id, keys[0]);
    await harness.service.call('POST', `/appointments/${first.body.id}/cancel`, { as: asker });
    const second = await harness.book(asker, slots[0]!.id, keys[1]);
    const records = await harness.service.database.client
      .db()
      .collection('appointments')
      .find({ 'patient.id': asker.id })
      .toArray();
    expect(records.map(({ _id }) => String(_id)).sort()).toEqual([first.body.id, second.body.id].sort());
    expect(JSON.stringify(records)).not.toContain('kept-nowhere');
    expect(new Set(records.map(({ requestDigest }) => requestDigest)).size).toBe(2);
    expect(await harness.service.database.client.db().listCollections({ name: 'idempotency' }).toArray()).toEqual([]);
  });
});
