import { contracts, topology, doctorPublishedV1, patientProfileUpdatedV1 } from '@medflow/contracts';
import { InProcessBus } from '@medflow/messaging';
import { encodeCursor } from '@medflow/service-kit';
import {
  type Answer,
  eventually,
  foreignEvent,
  type Identified,
  outlandishInstants,
  ServiceHarness,
  testDatabase,
} from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { scheduling } from '../src/index.js';

const price = { amount: 60000, currency: 'TND' };
let sequence = 0;
const patient = (n: number): Identified => ({
  id: `patient-${n}`,
  role: 'patient',
  firstName: 'Patient',
  lastName: `N${n}`,
});
const newDoctor = (): Identified => ({ id: `doctor-${(sequence += 1)}`, role: 'doctor' });

describe('booking', () => {
  let bus: InProcessBus;
  let busDatabase: Awaited<ReturnType<typeof testDatabase>>;
  let service: ServiceHarness;

  beforeAll(async () => {
    busDatabase = await testDatabase('bus');
    bus = new InProcessBus(busDatabase.client.db());
    bus.declare(topology);
    service = await ServiceHarness.start(scheduling, { kind: 'in-process', bus });
  });

  afterAll(async () => {
    await service.stop();
    await bus.close();
    await busDatabase.drop();
  });

  /** Not awaited: queues of other services take some of these types as well, and nobody consumes them here. */
  function publish(contract: (typeof contracts)[number], subject: string, data: object, at = (sequence += 1)): void {
    void bus.publish(foreignEvent(contract, subject, data, { sequence: at }));
  }

  async function publishedDoctor(plan: object = {}): Promise<Identified> {
    const doctor = newDoctor();
    publish(doctorPublishedV1, doctor.id, {
      doctorId: doctor.id,
      firstName: 'Karim',
      lastName: 'Trabelsi',
      specializations: ['cardiology'],
      city: 'Tunis',
      timeZone: 'Africa/Tunis',
    });
    const weekly = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
      weekday,
      start: '08:00',
      end: '12:00',
      slotMinutes: 30,
      mode: 'video',
      price,
    }));
    const answer = await service.call('PUT', '/doctors/me/availability', {
      as: doctor,
      body: { timeZone: 'Africa/Tunis', weekly, minNoticeMinutes: 0, ...plan },
    });
    expect(answer.status).toBe(200);
    await eventually(async () => (await service.call('GET', `/doctors/${doctor.id}/slots`)).status === 200);
    return doctor;
  }

  const slotsOf = async (doctor: Identified): Promise<{ id: string; startsAt: string; endsAt: string }[]> =>
    (await service.call('GET', `/doctors/${doctor.id}/slots`)).body.items;

  const book = (as: Identified, slotId: string, headers: Record<string, string> = {}) =>
    service.call('POST', '/appointments', { as, body: { slotId, reason: 'Contrôle' }, headers });

  it('gives a free slot to the patient and takes it off the list', async () => {
    const doctor = await publishedDoctor();
    const [slot] = await slotsOf(doctor);
    const answer = await book(patient(1), slot!.id);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(answer.body).toMatchObject({
      status: 'requested',
      startsAt: slot!.startsAt,
      doctor: { id: doctor.id, firstName: 'Karim', lastName: 'Trabelsi' },
      patient: { id: 'patient-1', firstName: 'Patient', lastName: 'N1' },
      price,
      payment: { status: 'due' },
      reason: 'Contrôle',
    });
    expect((await slotsOf(doctor)).map(({ id }) => id)).not.toContain(slot!.id);
  });

  it('gives one slot to one of 200 who want it at once, and the others alternatives', async () => {
    const doctor = await publishedDoctor();
    const [slot] = await slotsOf(doctor);
    const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => book(patient(1000 + n), slot!.id)));
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
    const doctor = await publishedDoctor(cut(20));
    const republish = (slotMinutes: number) =>
      service.call('PUT', '/doctors/me/availability', { as: doctor, body: cut(slotMinutes) });
    const lengths = [20, 30, 45];
    const slots: { id: string }[] = [];
    for (const minutes of lengths) {
      await republish(minutes);
      slots.push(...(await slotsOf(doctor)).slice(0, 4));
    }
    const answers: Answer[] = [];
    for (const minutes of lengths) {
      const changed = republish(minutes);
      // Of each length some are asked for before it is offered, while it becomes so, and after.
      const wave = slots.flatMap((slot) => Array.from({ length: 4 }, () => book(patient((sequence += 1)), slot.id)));
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
    const [first, second] = [await publishedDoctor(), await publishedDoctor()];
    const [slot, other] = [(await slotsOf(first))[0]!, (await slotsOf(second))[0]!];
    expect((await book(patient(5), slot.id)).status).toBe(201);
    const answer = await book(patient(5), other.id);
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: 'slot-taken', reason: 'patient-busy' });
    expect(answer.body.alternatives[0].startsAt).not.toBe(slot.startsAt);
  });

  it('answers the same to the same Idempotency-Key, also at once', async () => {
    const doctor = await publishedDoctor();
    const [slot, other] = await slotsOf(doctor);
    const key = { 'idempotency-key': 'key-1' };
    const answers = await Promise.all(Array.from({ length: 5 }, () => book(patient(6), slot!.id, key)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const reused = await book(patient(6), other!.id, key);
    expect(reused.status).toBe(422);
    expect(reused.body.code).toBe('idempotency-key-reused');
    const loser = await book(patient(7), slot!.id, { 'idempotency-key': 'key-2' });
    expect(loser.status).toBe(409);
    expect((await book(patient(7), slot!.id, { 'idempotency-key': 'key-2' })).body.alternatives).toEqual(
      loser.body.alternatives,
    );
  });

  it('answers a repeated request with what it booked, whatever became of that and of the slot', async () => {
    const doctor = await publishedDoctor();
    const [slot, other] = await slotsOf(doctor);
    const [asker, stranger] = [patient(60), patient(61)];
    const key = { 'idempotency-key': 'key-3' };
    const first = await book(asker, slot!.id, key);
    expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([201, null]);
    const again = await book(asker, slot!.id, key);
    expect([again.status, again.body, again.headers.get('idempotency-replayed')]).toEqual([201, first.body, 'true']);
    await service.call('POST', `/appointments/${first.body.id}/cancel`, { as: asker });
    // The time is free again, and is not booked a second time.
    expect((await book(asker, slot!.id, key)).body).toMatchObject({ id: first.body.id, status: 'cancelled' });
    expect((await slotsOf(doctor)).map(({ id }) => id)).toContain(slot!.id);
    expect((await book(asker, other!.id, key)).body.code).toBe('idempotency-key-reused');
    expect((await slotsOf(doctor)).map(({ id }) => id)).toContain(other!.id);
    // The same key of somebody else is another.
    const theirs = await book(stranger, slot!.id, key);
    expect([theirs.status, theirs.body.id === first.body.id]).toEqual([201, false]);
    await service.call('PUT', '/doctors/me/availability', { as: doctor, body: { weekly: [] } });
    expect((await book(stranger, slot!.id, key)).body.id).toBe(theirs.body.id);
    expect((await book(asker, slot!.id, { 'idempotency-key': 'key 4' })).body.errors[0].field).toBe('Idempotency-Key');
  });

  it('keeps neither the key of a request nor what can be told of its body without it', async () => {
    const doctor = await publishedDoctor();
    const slots = await slotsOf(doctor);
    const keys = [1, 2].map((n) => ({ 'idempotency-key': `a-key-that-is-kept-nowhere-${n}` }));
    const [asker] = [patient(62)];
    const first = await book(asker, slots[0]!.id, keys[0]);
    await service.call('POST', `/appointments/${first.body.id}/cancel`, { as: asker });
    const second = await book(asker, slots[0]!.id, keys[1]);
    const records = await service.database.client
      .db()
      .collection('appointments')
      .find({ 'patient.id': asker.id })
      .toArray();
    expect(records.map(({ _id }) => String(_id)).sort()).toEqual([first.body.id, second.body.id].sort());
    expect(JSON.stringify(records)).not.toContain('kept-nowhere');
    expect(new Set(records.map(({ requestDigest }) => requestDigest)).size).toBe(2);
    expect(await service.database.client.db().listCollections({ name: 'idempotency' }).toArray()).toEqual([]);
  });

  it('frees the time of a rejected or cancelled appointment', async () => {
    const doctor = await publishedDoctor();
    const [slot] = await slotsOf(doctor);
    const { body } = await book(patient(8), slot!.id);
    const rejected = await service.call('POST', `/appointments/${body.id}/reject`, {
      as: doctor,
      body: { reason: 'En congé' },
    });
    expect(rejected.body).toMatchObject({ status: 'rejected', rejection: { reason: 'En congé' }, version: 2 });
    const again = await book(patient(9), slot!.id);
    expect(again.status).toBe(201);
    const cancelled = await service.call('POST', `/appointments/${again.body.id}/cancel`, { as: patient(9) });
    expect(cancelled.body).toMatchObject({ status: 'cancelled', cancellation: { by: 'patient', reason: null } });
    expect((await slotsOf(doctor)).map(({ id }) => id)).toContain(slot!.id);
  });

  it('takes no call without a body for one with nothing in it, but where none is needed', async () => {
    const doctor = await publishedDoctor();
    const [slot] = await slotsOf(doctor);
    for (const body of [undefined, '', null, []]) {
      const answer = await service.call('PUT', '/doctors/me/availability', { as: doctor, body });
      expect([answer.status, answer.body.errors[0].field]).toEqual([422, 'body']);
    }
    expect((await slotsOf(doctor)).map(({ id }) => id)).toContain(slot!.id);
    const { body } = await book(patient(8), slot!.id);
    const reject = await service.call('POST', `/appointments/${body.id}/reject`, { as: doctor });
    expect([reject.status, reject.body.errors[0]]).toMatchObject([422, { field: 'reason', code: 'required' }]);
    const cancel = (given?: unknown) =>
      service.call('POST', `/appointments/${body.id}/cancel`, {
        as: patient(8),
        ...(given !== undefined && { body: given }),
      });
    for (const given of [null, [], '"soon"']) expect((await cancel(given)).status).toBe(422);
    expect((await cancel()).status).toBe(200);
  });

  it('lets exactly one of accept, reject and cancel win', async () => {
    const doctor = await publishedDoctor();
    const [slot] = await slotsOf(doctor);
    const { body } = await book(patient(10), slot!.id);
    const path = `/appointments/${body.id}`;
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => service.call('POST', `${path}/accept`, { as: doctor })),
      ...Array.from({ length: 5 }, () => service.call('POST', `${path}/reject`, { as: doctor, body: { reason: 'x' } })),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'invalid-transition')).toHaveLength(9);
  });

  it('keeps what is booked when the availability changes, and offers none of the old slots', async () => {
    const doctor = await publishedDoctor();
    const [slot, next] = await slotsOf(doctor);
    const { body } = await book(patient(11), slot!.id);
    await service.call('PUT', '/doctors/me/availability', { as: doctor, body: { weekly: [] } });
    expect((await service.call('GET', `/appointments/${body.id}`, { as: doctor })).body).toMatchObject({
      status: 'requested',
      price,
    });
    const late = await book(patient(12), next!.id);
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({ code: 'slot-taken', reason: 'slot-withdrawn', alternatives: [] });
  });

  it('honours If-Match on an answer and on the availability', async () => {
    const doctor = await publishedDoctor();
    const [slot] = await slotsOf(doctor);
    const { body } = await book(patient(13), slot!.id);
    const accept = (etag: string) =>
      service.call('POST', `/appointments/${body.id}/accept`, { as: doctor, headers: { 'if-match': etag } });
    expect((await accept('"7"')).status).toBe(412);
    expect((await accept('"1"')).status).toBe(200);
    const publish = (etag: string) =>
      service.call('PUT', '/doctors/me/availability', { as: doctor, body: {}, headers: { 'if-match': etag } });
    expect((await publish('"0"')).status).toBe(412);
    expect((await publish('"1"')).headers.get('etag')).toBe('"2"');
  });

  it('lets nobody see or touch what is not theirs', async () => {
    const doctor = await publishedDoctor();
    const [slot] = await slotsOf(doctor);
    const { body } = await book(patient(14), slot!.id);
    const stranger = newDoctor();
    // No number that the sequence of another test comes to.
    const other = patient(9_015);
    expect((await service.call('GET', `/appointments/${body.id}`, { as: other })).status).toBe(404);
    expect((await service.call('POST', `/appointments/${body.id}/accept`, { as: stranger })).status).toBe(404);
    expect((await service.call('POST', `/appointments/${body.id}/accept`, { as: patient(14) })).status).toBe(403);
    expect((await service.call('POST', `/appointments/${body.id}/cancel`, { as: other })).status).toBe(404);
    expect((await service.call('GET', '/appointments', { as: other })).body.items).toEqual([]);
    expect((await service.call('GET', '/appointments')).status).toBe(401);
    expect((await book(doctor, slot!.id)).status).toBe(403);
  });

  it('pages through one’s own appointments by start without gap or repeat', async () => {
    const doctor = await publishedDoctor({ autoAccept: true });
    const slots = (await slotsOf(doctor)).slice(0, 5);
    for (const slot of slots) expect((await book(patient(16), slot.id)).status).toBe(201);
    for (const order of ['asc', 'desc']) {
      const seen: string[] = [];
      for (let cursor = ''; ;) {
        const { body } = await service.call(
          'GET',
          `/appointments?limit=2&order=${order}${cursor && `&cursor=${cursor}`}`,
          { as: doctor },
        );
        seen.push(...body.items.map(({ startsAt }: { startsAt: string }) => startsAt));
        if (!body.nextCursor) break;
        cursor = body.nextCursor;
      }
      const expected = slots.map(({ startsAt }) => startsAt);
      expect(seen).toEqual(order === 'asc' ? expected : expected.reverse());
    }
    for (const time of outlandishInstants) {
      const cursor = encodeCursor([time, 'a']);
      expect((await service.call('GET', `/appointments?cursor=${cursor}`, { as: doctor })).status).toBe(422);
    }
    const { body } = await service.call('GET', `/appointments?status=requested,rejected&patientId=patient-16`, {
      as: doctor,
    });
    expect(body.items).toEqual([]);
  });

  it('hides the slots of a doctor who is not published', async () => {
    const doctor = newDoctor();
    await service.call('PUT', '/doctors/me/availability', { as: doctor, body: {} });
    expect((await service.call('GET', `/doctors/${doctor.id}/slots`)).status).toBe(404);
  });

  it('follows the names of profiles, whatever the order of the events', async () => {
    const doctor = await publishedDoctor();
    const [slot] = await slotsOf(doctor);
    const { body } = await book(patient(17), slot!.id);
    const named = (firstName: string) => ({
      patientId: 'patient-17',
      firstName,
      lastName: 'Gharbi',
      preferredLanguage: 'fr',
      timeZone: 'Africa/Tunis',
    });
    publish(patientProfileUpdatedV1, 'patient-17', named('Leïla'), 500);
    await eventually(async () => {
      const { patient: seen } = (await service.call('GET', `/appointments/${body.id}`, { as: doctor })).body;
      return seen.firstName === 'Leïla';
    });
    publish(patientProfileUpdatedV1, 'patient-17', named('Ancienne'), 400);
    const [, next] = await slotsOf(doctor);
    expect((await book(patient(17), next!.id)).body.patient).toMatchObject({ firstName: 'Leïla' });
  });

  it.each([
    [{ slotId: 'nonsense' }, 'slotId', 'invalid'],
    [{}, 'slotId', 'required'],
    [{ slotId: { $ne: null } }, 'slotId', 'invalid'],
    [{ slotId: 'x', price: { amount: 1 } }, 'price', 'unknown-field'],
  ])('refuses to book %j', async (body, field, code) => {
    const answer = await service.call('POST', '/appointments', {
      as: patient(18),
      body,
      headers: { 'accept-language': 'ar' },
    });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ field, code }));
  });
});
