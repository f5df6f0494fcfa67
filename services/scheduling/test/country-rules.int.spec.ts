import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Answer, Identified } from '@medflow/testing';
import { asksFirst, newPatient, next, price, SchedulingHarness } from './harness.js';

const hours = (start: string, end: string, mode: string) =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start, end, slotMinutes: 30, mode, price }));
const plan = { ...asksFirst, weekly: [...hours('08:00', '12:00', 'video'), ...hours('14:00', '18:00', 'in-person')] };

interface Slot {
  id: string;
  startsAt: string;
  mode: string;
}

describe('a first visit where the country asks for an examination in person', () => {
  let harness: SchedulingHarness;
  let doctor: Identified;
  let patient: Identified;
  let videos: Slot[];
  let places: Slot[];
  beforeAll(async () => {
    harness = await SchedulingHarness.start({ MEDFLOW_COUNTRY: 'TN' });
  });
  afterAll(() => harness.stop());
  beforeEach(async () => {
    await offering(plan);
    patient = newPatient();
  });

  async function offering(given: object): Promise<void> {
    doctor = await harness.publishedDoctor(given);
    const slots = (await harness.slotsOf(doctor)).slice(-30);
    [videos, places] = [slots.filter(({ mode }) => mode === 'video'), slots.filter(({ mode }) => mode !== 'video')];
  }
  const post = (as: Identified, path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> =>
    harness.service.call('POST', path, { as, ...(body && { body }), headers });
  const book = (slot: Slot, more: object = {}, as = patient) => post(as, '/appointments', { slotId: slot.id, ...more });
  const seen = async () => {
    const { body } = await book(places[0]!);
    const row = harness.service.database.client.db().collection<{ _id: string }>('appointments');
    await row.updateOne({ _id: body.id }, { $set: { status: 'completed' } });
  };
  const rule = 'video-after-examination';

  it('is refused by video, with what can be had instead, and takes nobody’s time', async () => {
    const key = { 'idempotency-key': next('key') };
    const refused = await post(patient, '/appointments', { slotId: videos[0]!.id }, key);
    expect([refused.status, refused.body]).toMatchObject([403, { code: 'examination-required', rule }]);
    expect(refused.body.detail).toContain('au cabinet');
    expect((await book(videos[0]!, { examinedBefore: false })).status).toBe(403);
    expect((await harness.slotsOf(doctor)).map(({ id }) => id)).toContain(videos[0]!.id);
    expect((await book(places[0]!)).body).not.toHaveProperty('examination');
  });

  it('is by video once the two have met in person, and then with nobody else', async () => {
    await seen();
    expect((await book(videos[0]!)).body).toMatchObject({ status: 'requested', examination: { basis: 'known' } });
    expect((await post(doctor, `/appointments/${(await book(videos[1]!)).body.id}/accept`)).status).toBe(200);
    expect((await book(videos[2]!, {}, newPatient())).status).toBe(403);
    await offering(plan);
    expect((await book(videos[0]!)).status).toBe(403);
  });

  it('is by video at the patient’s word once the doctor confirms it, though the doctor accepts every booking', async () => {
    await offering({ ...plan, autoAccept: true });
    expect((await book(places[1]!)).body.status).toBe('accepted');
    const { body } = await book(videos[0]!, { examinedBefore: true });
    expect(body).toMatchObject({ status: 'requested', examination: { basis: 'declared' } });
    const silent = await post(doctor, `/appointments/${body.id}/accept`);
    expect([silent.status, silent.body]).toMatchObject([403, { code: 'examination-unconfirmed', rule }]);
    expect((await harness.read(patient, body.id)).status).toBe('requested');
    const accepted = await post(doctor, `/appointments/${body.id}/accept`, { examinedBefore: true });
    expect(accepted.body).toMatchObject({ status: 'accepted', examination: { basis: 'confirmed' } });
  });

  it('is by video without one for a reason that the doctor records, and that no event tells', async () => {
    const { body } = await book(videos[0]!, { examinedBefore: true });
    const derogation = 'Patient alité, adressé par un confrère';
    const accepted = await post(doctor, `/appointments/${body.id}/accept`, { derogation });
    expect(accepted.body).toMatchObject({
      status: 'accepted',
      examination: { basis: 'derogation', reason: derogation },
    });
    const told = await harness.toldLast({ id: body.id, slotId: '', patient, doctor }, 'accepted');
    expect(JSON.stringify(told)).not.toContain('confrère');
  });

  it('is asked for again when a visit in person is moved to video, by either', async () => {
    const { body } = await book(places[2]!);
    const move = (as: Identified, more: object = {}) =>
      post(as, `/appointments/${body.id}/reschedule`, { slotId: videos[1]!.id, ...more });
    expect((await move(patient)).body.code).toBe('examination-required');
    await post(doctor, `/appointments/${body.id}/accept`);
    expect((await move(doctor)).body.code).toBe('examination-unconfirmed');
    const proposed = await move(doctor, { derogation: 'Contrôle après analyses' });
    expect(proposed.body).toMatchObject({ proposal: { mode: 'video' }, examination: { basis: 'derogation' } });
    await post(patient, `/appointments/${body.id}/reschedule/decline`);
    const moved = await book(places[3]!);
    const declared = await post(patient, `/appointments/${moved.body.id}/reschedule`, {
      slotId: videos[2]!.id,
      examinedBefore: true,
    });
    expect(declared.body).toMatchObject({ status: 'requested', examination: { basis: 'declared' } });
    expect((await post(doctor, `/appointments/${moved.body.id}/accept`)).status).toBe(403);
  });
});

describe('a first visit where no country was chosen', () => {
  it('is by video as ever, and nobody says anything of an examination', async () => {
    const harness = await SchedulingHarness.start();
    try {
      const doctor = await harness.publishedDoctor({ ...plan, autoAccept: true });
      const video = (await harness.slotsOf(doctor)).findLast(({ mode }) => mode === 'video')!;
      const { body } = await harness.book(newPatient(), video.id);
      expect(body.status).toBe('accepted');
      expect(body).not.toHaveProperty('examination');
    } finally {
      await harness.stop();
    }
  });
});
