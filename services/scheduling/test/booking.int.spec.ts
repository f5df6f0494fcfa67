import { type Answer } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asksFirst, newDoctor, newPatient, price, SchedulingHarness } from './harness.js';

let harness: SchedulingHarness;
beforeAll(async () => {
  harness = await SchedulingHarness.start();
});
afterAll(() => harness.stop());

describe('booking', () => {
  it('gives a free slot to the patient and takes it off the list', async () => {
    const asker = newPatient();
    const doctor = await harness.publishedDoctor(asksFirst);
    const [slot] = await harness.slotsOf(doctor);
    const body = { slotId: slot!.id, reason: 'Contrôle' };
    const answer = await harness.service.call('POST', '/appointments', { as: asker, body });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(answer.body).toMatchObject({
      status: 'requested',
      startsAt: slot!.startsAt,
      doctor: { id: doctor.id, firstName: 'Karim', lastName: 'Trabelsi' },
      patient: { id: asker.id, firstName: 'Amina', lastName: 'Ben Salah' },
      price,
      payment: { status: 'due' },
      reason: 'Contrôle',
    });
    expect((await harness.slotsOf(doctor)).map(({ id }) => id)).not.toContain(slot!.id);
  });

  it('gives one slot to one of 200 who want it at once, and the others alternatives', async () => {
    const doctor = await harness.publishedDoctor(asksFirst);
    const [slot] = await harness.slotsOf(doctor);
    const answers = await Promise.all(Array.from({ length: 200 }, () => harness.book(newPatient(), slot!.id)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const losers = answers.filter(({ status }) => status === 409);
    expect(losers).toHaveLength(199);
    for (const { body } of losers) {
      expect(body.code).toBe('slot-taken');
      expect(body.alternatives.length).toBeGreaterThan(0);
      expect(body.alternatives.map(({ id }: { id: string }) => id)).not.toContain(slot!.id);
    }
  });

  it('lets no two appointments overlap when the doctor changes the lengths while patients book', async () => {
    const hours = { start: '08:00', end: '10:00', mode: 'video', price };
    const cut = (slotMinutes: number) => ({
      weekly: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, slotMinutes, ...hours })),
      timeZone: 'Africa/Tunis',
      minNoticeMinutes: 0,
      bufferMinutes: 5,
    });
    const doctor = await harness.publishedDoctor({ ...asksFirst, ...cut(20) });
    const republish = (slotMinutes: number) =>
      harness.service.call('PUT', '/doctors/me/availability', { as: doctor, body: cut(slotMinutes) });
    const lengths = [20, 30, 45];
    const slots: { id: string }[] = [];
    for (const minutes of lengths) {
      await republish(minutes);
      slots.push(...(await harness.slotsOf(doctor)).slice(0, 4));
    }
    const answers: Answer[] = [];
    for (const minutes of lengths) {
      const changed = republish(minutes);
      // Of each length some are asked for before it is offered, while it becomes so, and after.
      const wave = slots.flatMap((slot) => Array.from({ length: 4 }, () => harness.book(newPatient(), slot.id)));
      answers.push(...(await Promise.all(wave)));
      await changed;
    }
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    const booked = answers
      .filter(({ status }) => status === 201)
      .map(({ body }) => ({ from: Date.parse(body.startsAt), to: Date.parse(body.endsAt) + 5 * 60_000 }))
      .sort((a, b) => a.from - b.from);
    expect(booked.length).toBeGreaterThan(1);
    booked.slice(1).forEach((next, index) => expect(next.from).toBeGreaterThanOrEqual(booked[index]!.to));
  });

  it('refuses a patient who is busy at that time, and says so', async () => {
    const asker = newPatient();
    const [first, second] = [await harness.publishedDoctor(asksFirst), await harness.publishedDoctor(asksFirst)];
    const [slot, other] = [(await harness.slotsOf(first))[0]!, (await harness.slotsOf(second))[0]!];
    expect((await harness.book(asker, slot.id)).status).toBe(201);
    const answer = await harness.book(asker, other.id);
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: 'slot-taken', reason: 'patient-busy' });
    expect(answer.body.alternatives[0].startsAt).not.toBe(slot.startsAt);
  });

  it('frees the time of a rejected or cancelled appointment', async () => {
    const [asker, rival] = [newPatient(), newPatient()];
    const doctor = await harness.publishedDoctor(asksFirst);
    const [slot] = await harness.slotsOf(doctor);
    const { body } = await harness.book(asker, slot!.id);
    const rejected = await harness.service.call('POST', `/appointments/${body.id}/reject`, {
      as: doctor,
      body: { reason: 'En congé' },
    });
    expect(rejected.body).toMatchObject({ status: 'rejected', rejection: { reason: 'En congé' }, version: 2 });
    const again = await harness.book(rival, slot!.id);
    expect(again.status).toBe(201);
    const cancelled = await harness.service.call('POST', `/appointments/${again.body.id}/cancel`, { as: rival });
    expect(cancelled.body).toMatchObject({ status: 'cancelled', cancellation: { by: 'patient', reason: null } });
    expect((await harness.slotsOf(doctor)).map(({ id }) => id)).toContain(slot!.id);
  });

  it('takes no call without a body for one with nothing in it, but where none is needed', async () => {
    const asker = newPatient();
    const doctor = await harness.publishedDoctor(asksFirst);
    const [slot] = await harness.slotsOf(doctor);
    for (const body of [undefined, '', null, []]) {
      const answer = await harness.service.call('PUT', '/doctors/me/availability', { as: doctor, body });
      expect([answer.status, answer.body.errors[0].field]).toEqual([422, 'body']);
    }
    expect((await harness.slotsOf(doctor)).map(({ id }) => id)).toContain(slot!.id);
    const { body } = await harness.book(asker, slot!.id);
    const reject = await harness.service.call('POST', `/appointments/${body.id}/reject`, { as: doctor });
    expect([reject.status, reject.body.errors[0]]).toMatchObject([422, { field: 'reason', code: 'required' }]);
    const cancel = (given?: unknown) =>
      harness.service.call('POST', `/appointments/${body.id}/cancel`, {
        as: asker,
        ...(given !== undefined && { body: given }),
      });
    for (const given of [null, [], '"soon"']) expect((await cancel(given)).status).toBe(422);
    expect((await cancel()).status).toBe(200);
  });

  it('lets exactly one of accept, reject and cancel win', async () => {
    const asker = newPatient();
    const doctor = await harness.publishedDoctor(asksFirst);
    const [slot] = await harness.slotsOf(doctor);
    const { body } = await harness.book(asker, slot!.id);
    const path = `/appointments/${body.id}`;
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => harness.service.call('POST', `${path}/accept`, { as: doctor })),
      ...Array.from({ length: 5 }, () =>
        harness.service.call('POST', `${path}/reject`, { as: doctor, body: { reason: 'x' } }),
      ),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'invalid-transition')).toHaveLength(9);
  });

  it('keeps what is booked when the availability changes, and offers none of the old slots', async () => {
    const [asker, rival] = [newPatient(), newPatient()];
    const doctor = await harness.publishedDoctor(asksFirst);
    const [slot, next] = await harness.slotsOf(doctor);
    const { body } = await harness.book(asker, slot!.id);
    await harness.service.call('PUT', '/doctors/me/availability', { as: doctor, body: { weekly: [] } });
    expect((await harness.service.call('GET', `/appointments/${body.id}`, { as: doctor })).body).toMatchObject({
      status: 'requested',
      price,
    });
    const late = await harness.book(rival, next!.id);
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({ code: 'slot-taken', reason: 'slot-withdrawn', alternatives: [] });
  });

  it('honours If-Match on an answer and on the availability', async () => {
    const asker = newPatient();
    const doctor = await harness.publishedDoctor(asksFirst);
    const [slot] = await harness.slotsOf(doctor);
    const { body } = await harness.book(asker, slot!.id);
    const accept = (etag: string) =>
      harness.service.call('POST', `/appointments/${body.id}/accept`, { as: doctor, headers: { 'if-match': etag } });
    expect((await accept('"7"')).status).toBe(412);
    expect((await accept('"1"')).status).toBe(200);
    const publish = (etag: string) =>
      harness.service.call('PUT', '/doctors/me/availability', { as: doctor, body: {}, headers: { 'if-match': etag } });
    expect((await publish('"0"')).status).toBe(412);
    expect((await publish('"1"')).headers.get('etag')).toBe('"2"');
  });

  it('hides the slots of a doctor who is not published', async () => {
    const doctor = newDoctor();
    await harness.service.call('PUT', '/doctors/me/availability', { as: doctor, body: {} });
    expect((await harness.service.call('GET', `/doctors/${doctor.id}/slots`)).status).toBe(404);
  });

  it.each([
    [{ slotId: 'nonsense' }, 'slotId', 'invalid'],
    [{}, 'slotId', 'required'],
    [{ slotId: { $ne: null } }, 'slotId', 'invalid'],
    [{ slotId: 'x', price: { amount: 1 } }, 'price', 'unknown-field'],
  ])('refuses to book %j', async (body, field, code) => {
    const asker = newPatient();
    const answer = await harness.service.call('POST', '/appointments', {
      as: asker,
      body,
      headers: { 'accept-language': 'ar' },
    });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ field, code }));
  });
});
