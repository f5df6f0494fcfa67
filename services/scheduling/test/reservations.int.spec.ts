import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Identified } from '@medflow/testing';
import { asksFirst, newPatient, SchedulingHarness } from './harness.js';

describe('a slot that is kept for a visitor', () => {
  let harness: SchedulingHarness;
  let doctor: Identified;
  beforeAll(async () => void (harness = await SchedulingHarness.start()));
  beforeEach(async () => void (doctor = await harness.publishedDoctor(asksFirst)));
  afterAll(() => harness.stop());

  const reserve = (slotId: string, reservation?: string) =>
    harness.service.call('POST', `/doctors/${doctor.id}/slot-reservations`, {
      body: { slotId, ...(reservation && { reservation }) },
    });
  const release = (id: string) => harness.service.call('DELETE', `/doctors/${doctor.id}/slot-reservations/${id}`);
  const offered = async (slotId: string) => (await harness.slotsOf(doctor)).some(({ id }) => id === slotId);
  const book = (slotId: string, reservation?: string) =>
    harness.service.call('POST', '/appointments', {
      as: newPatient(),
      body: { slotId, ...(reservation && { reservation }) },
    });

  it('is offered to nobody else, and booked by who knows the reservation', async () => {
    const [slot] = await harness.slotsOf(doctor);
    const before = Date.now();
    const { status, body } = await reserve(slot!.id);
    expect([status, body.slot]).toEqual([201, slot]);
    expect(Date.parse(body.until as string) - before).toBeGreaterThanOrEqual(300_000);
    expect(await offered(slot!.id)).toBe(false);
    const others = await Promise.all([
      book(slot!.id),
      reserve(slot!.id),
      book(slot!.id, `${'x'.repeat(22)}.${slot!.id}`),
    ]);
    for (const other of others) {
      expect([other.status, other.body.code, other.body.reason]).toEqual([409, 'slot-taken', 'slot-taken']);
      expect(other.body.alternatives).toHaveLength(5);
    }
    expect((await book(slot!.id, body.id as string)).status).toBe(201);
    expect((await reserve(slot!.id, body.id as string)).status).toBe(409);
  });

  it('is the same again for the same visitor, follows them to another, and is let go', async () => {
    const [one, two] = await harness.slotsOf(doctor);
    const first = await reserve(one!.id);
    expect((await reserve(one!.id, first.body.id as string)).body).toEqual(first.body);
    const second = await reserve(two!.id, first.body.id as string);
    expect([await offered(one!.id), await offered(two!.id)]).toEqual([true, false]);
    expect((await release(second.body.id as string)).status).toBe(204);
    expect((await release(second.body.id as string)).status).toBe(204);
    expect((await release('nothing-of-ours')).status).toBe(204);
    expect(await offered(two!.id)).toBe(true);
  });

  it('is one of three a day; more can still be booked', async () => {
    const slots = await harness.slotsOf(doctor);
    const ofDay = slots.filter(({ startsAt }) => startsAt.slice(0, 10) === slots[0]!.startsAt.slice(0, 10));
    for (const { id } of ofDay.slice(0, 3)) expect((await reserve(id)).status).toBe(201);
    const { status, body } = await reserve(ofDay[3]!.id);
    expect([status, body.code]).toEqual([409, 'slot-not-reservable']);
    expect((await book(ofDay[3]!.id)).status).toBe(201);
  });

  it('is named where it is none', async () => {
    const { status, body } = await reserve('what?');
    expect([status, (body.errors as { field: string }[])[0]!.field]).toEqual([422, 'slotId']);
    const [ofAnother] = await harness.slotsOf(await harness.publishedDoctor(asksFirst));
    expect((await reserve(ofAnother!.id)).status).toBe(422);
    const hidden = Buffer.from('nobody|28000000|30|v|60000|TND').toString('base64url');
    const { status: unknown } = await harness.service.call('POST', '/doctors/nobody/slot-reservations', {
      body: { slotId: hidden },
    });
    expect(unknown).toBe(404);
  });
});
