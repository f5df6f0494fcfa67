import { consultationFinishedV1, type ConsultationFinishedV1 } from '@medflow/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Held, newPatient, SchedulingHarness } from './harness.js';

let harness: SchedulingHarness;
beforeAll(async () => {
  harness = await SchedulingHarness.start();
});
afterAll(() => harness.stop());

const MINUTE_MS = 60_000;
const strict = { cancellation: { cutoffHours: 720, tiers: [] } };

/** Accepted, paid where its doctor is paid at booking, and begun so many minutes ago. */
async function begun(plan: object, minutesAgo = 20): Promise<Held> {
  const doctor = await harness.publishedDoctor(plan);
  const [slot] = await harness.slotsOf(doctor);
  const patient = newPatient();
  const { body } = await harness.book(patient, slot!.id);
  const visit: Held = { id: body.id, slotId: slot!.id, patient, doctor };
  if (body.status === 'held') await harness.authorise(visit);
  await harness.standing(visit, 'requested');
  expect((await harness.step(doctor, visit, 'accept')).status).toBe(200);
  if (body.status === 'held') await harness.capture(visit);
  const startsAt = new Date(Date.now() - minutesAgo * MINUTE_MS);
  await harness.collection('appointments').updateOne({ _id: visit.id }, { $set: { startsAt } });
  return visit;
}

const finish = ({ id, doctor, patient }: Held, more: Partial<ConsultationFinishedV1> = {}, eventId?: string) => {
  const parties = { appointmentId: id, doctorId: doctor.id, patientId: patient.id };
  const data = { ...parties, finishedAt: new Date().toISOString(), ...more };
  return harness.deliver(consultationFinishedV1, id, data, 3, eventId);
};
const met = { startedAt: new Date().toISOString() };
const unsuitable = { unsuitable: true as const };

describe('a visit by video that its doctor ended', () => {
  it('is completed where the two met, and left to the doctor where they did not', async () => {
    const [seen, unseen] = [await begun({}), await begun({})];
    await finish(seen, met);
    await finish(unseen);
    expect((await harness.read(seen.patient, seen.id)).status).toBe('completed');
    expect((await harness.read(unseen.patient, unseen.id)).status).toBe('accepted');
  });

  it.each([
    ['both had met', met],
    ['nobody had met', {}],
  ])('as unsuitable is called off with everything back after its start, where %s, once', async (_, more) => {
    const visit = await begun(strict);
    const eventId = crypto.randomUUID();
    for (const id of [eventId, eventId, undefined]) await finish(visit, { ...more, ...unsuitable }, id);
    for (const as of [visit.patient, visit.doctor])
      expect(await harness.read(as, visit.id)).toMatchObject({
        status: 'cancelled',
        cancellation: { by: 'doctor', reason: null, because: 'unsuitable-by-video' },
        refund: { amount: 60_000, percent: 100 },
      });
    expect(await harness.claimsOf(visit.id)).toEqual([]);
    expect(await harness.toldLast(visit, 'cancelled')).toMatchObject({
      by: 'doctor',
      because: 'unsuitable-by-video',
      refund: { amount: 60_000 },
    });
    expect(harness.told.get(visit.id)?.filter((name) => name === 'appointment-cancelled')).toHaveLength(1);
  });

  it('as unsuitable before it was paid is called off, and nothing goes back', async () => {
    const visit = await begun({ payment: 'after-acceptance' });
    await finish(visit, unsuitable);
    const read = await harness.read(visit.patient, visit.id);
    expect([read.status, read.cancellation.because, read.refund?.amount ?? 0]).toEqual([
      'cancelled',
      'unsuitable-by-video',
      0,
    ]);
  });

  it('as unsuitable stays as it is where it was completed, or moved to another day', async () => {
    const completed = await begun({});
    expect((await harness.step(completed.doctor, completed, 'complete')).status).toBe(200);
    const moved = await begun({}, -24 * 60);
    for (const visit of [completed, moved]) await finish(visit, { ...met, ...unsuitable });
    expect((await harness.read(completed.patient, completed.id)).status).toBe('completed');
    expect((await harness.read(moved.patient, moved.id)).status).toBe('accepted');
  });
});
