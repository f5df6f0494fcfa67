import type { Identified } from '@medflow/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newDoctor, newPatient, FeedbackHarness } from './harness.js';

let harness: FeedbackHarness;
let doctor: Identified;
let patient: Identified;
let replicas: Awaited<ReturnType<FeedbackHarness['inviter']>>[];
beforeAll(async () => {
  harness = await FeedbackHarness.start();
  replicas = [await harness.inviter(), await harness.inviter()];
});
afterAll(async () => {
  for (const replica of replicas) await replica.close();
  await harness.stop();
});
beforeEach(() => {
  [doctor, patient] = [newDoctor(), newPatient()];
});

/** As if the doctor had closed the visit so long ago. */
const closedHoursAgo = (appointmentId: string, hours: number) =>
  harness
    .collection('visits')
    .updateOne({ _id: appointmentId }, { $set: { inviteAt: new Date(Date.now() + (24 - hours) * 3_600_000) } });
const runAll = async () =>
  (await Promise.all(replicas.map((replica) => replica.execute()))).reduce((sum, asked) => sum + asked, 0);

describe('the invitation to rate', () => {
  it('comes a day after the visit, not sooner', async () => {
    const appointmentId = await harness.visit(doctor, patient);
    expect(await runAll()).toBe(0);
    await closedHoursAgo(appointmentId, 23.99);
    expect(await runAll()).toBe(0);
    await closedHoursAgo(appointmentId, 24);
    expect(await runAll()).toBe(1);
    expect(await harness.about(appointmentId, 1)).toEqual([
      ['review-invited', 3, { appointmentId, patientId: patient.id, doctorId: doctor.id }],
    ]);
  });

  it('comes once to each of many, however many processes look after it, and never again', async () => {
    const visits = await Promise.all(Array.from({ length: 30 }, () => harness.visit(doctor, newPatient())));
    for (const visit of visits) await closedHoursAgo(visit, 30);
    expect(await runAll()).toBe(30);
    expect(await runAll()).toBe(0);
    for (const visit of visits) expect(await harness.about(visit, 1)).toHaveLength(1);
  });

  it('does not come for a visit that is rated, also when it is at that moment', async () => {
    const visits = await Promise.all(Array.from({ length: 8 }, () => harness.visit(doctor, patient)));
    for (const visit of visits) await closedHoursAgo(visit, 30);
    const rate = (appointmentId: string) => harness.call('POST', '/feedback', patient, { appointmentId, stars: 5 });
    await rate(visits[0]!);
    const [asked, ...answers] = await Promise.all([runAll(), ...visits.slice(1).map(rate)]);
    expect(answers.map(({ status }) => status)).toEqual(Array(7).fill(201));
    expect(asked).toBeLessThanOrEqual(7);
    const rows = await harness
      .collection('visits')
      .find({ _id: { $in: visits } })
      .toArray();
    expect(rows.filter(({ invitedAt }) => invitedAt)).toHaveLength(asked);
    expect(rows.filter(({ toRate, inviteAt }) => toRate || inviteAt)).toEqual([]);
    expect(rows.find(({ _id }) => _id === visits[0])!.invitedAt).toBeUndefined();
    expect(await runAll()).toBe(0);
  });
});
