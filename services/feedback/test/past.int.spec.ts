import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writePastReviews } from '../src/index.js';
import { newDoctor, newPatient, World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());

describe('a past that is made up', () => {
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
    expect(await writePastReviews(world.service.database.uri, visits)).toBe(2);
    const { body } = await world.call('GET', `/doctors/${doctor.id}/feedback`);
    expect(body).toMatchObject({ average: 3.5, count: 2 });
    expect(body.items.map(({ stars, createdAt }: { stars: number; createdAt: string }) => [stars, createdAt])).toEqual([
      [2, '2026-10-02T11:30:00.000Z'],
      [5, '2026-10-01T11:30:00.000Z'],
    ]);
    expect(body.items[1].reply).toEqual({ comment: 'Merci', createdAt: '2026-10-01T12:30:00.000Z' });
    expect((await world.about(doctor.id, 1)).map(([name, sequence]) => [name, sequence])).toEqual([
      ['rating-summarised', 2],
    ]);
    const inviter = await world.inviter();
    expect(await inviter.execute()).toBe(0);
    await inviter.close();
    const waiting = await world.collection('visits').find({ patientId: patient.id, toRate: true }).toArray();
    expect(waiting.map(({ _id }) => _id)).toEqual([visits[2]!.appointmentId]);
  });
});
