import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeDemoReviews } from '../src/index.js';
import { newDoctor, newPatient, FeedbackHarness } from './harness.js';

let harness: FeedbackHarness;
beforeAll(async () => {
  harness = await FeedbackHarness.start();
});
afterAll(() => harness.stop());

describe('a demo history of reviews', () => {
  it('shows as if it had been lived through, tells of the ratings alone and asks nobody to rate', async () => {
    const [doctor, patient] = [newDoctor(), newPatient()];
    const visit = (day: string) => ({
      appointmentId: crypto.randomUUID() as string,
      doctorId: doctor.id,
      patientId: patient.id,
      startsAt: new Date(`${day}T08:00:00Z`),
      endsAt: new Date(`${day}T08:30:00Z`),
    });
    const visits = [
      { ...visit('2026-10-01'), opinion: { stars: 5, comment: 'Parfait' } as const, reply: 'Merci' },
      { ...visit('2026-10-02'), opinion: { stars: 2, comment: null } as const },
      visit('2026-10-03'),
    ];
    expect(await writeDemoReviews(harness.service.database.uri, visits)).toBe(2);
    const { body } = await harness.call('GET', `/doctors/${doctor.id}/feedback`);
    expect(body).toMatchObject({ average: 3.5, count: 2 });
    expect(body.items.map(({ stars, createdAt }: { stars: number; createdAt: string }) => [stars, createdAt])).toEqual([
      [2, '2026-10-02T11:30:00.000Z'],
      [5, '2026-10-01T11:30:00.000Z'],
    ]);
    expect(body.items[1].reply).toEqual({ comment: 'Merci', createdAt: '2026-10-01T12:30:00.000Z' });
    expect((await harness.about(doctor.id, 1)).map(([name, sequence]) => [name, sequence])).toEqual([
      ['rating-summarised', 2],
    ]);
    const inviter = await harness.inviter();
    expect(await inviter.execute()).toBe(0);
    await inviter.close();
    const waiting = await harness.collection('visits').find({ patientId: patient.id, toRate: true }).toArray();
    expect(waiting.map(({ _id }) => _id)).toEqual([visits[2]!.appointmentId]);
  });
});
