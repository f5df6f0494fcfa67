import { type AvailabilitySummarisedV1, availabilitySummarisedV1, ratingSummarisedV1 } from '@medflow/contracts';
import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { admin, completeProfile, World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const summarise = (doctorId: string, sequence: number, summary: Partial<AvailabilitySummarisedV1>, eventId?: string) =>
  world.tell(availabilitySummarisedV1, doctorId, sequence, { doctorId, days: [], modes: [], ...summary }, eventId);

describe('the public directory', () => {
  it('answers an empty list to whoever finds nobody', async () => {
    const { status, body } = await world.call('GET', '/doctors?q=Introuvable&city=Nulle%20part');
    expect([status, body]).toEqual([200, { items: [], nextCursor: null }]);
  });

  it.each([
    ['specialization=astrology', 'specialization'],
    ['language=xx', 'language'],
    ['mode=telepathy', 'mode'],
    ['sort=beauty', 'sort'],
    ['maxPrice=cheap', 'maxPrice'],
    ['limit=101', 'limit'],
    ['availableFrom=tomorrow', 'availableFrom'],
    ['availableFrom=2026-12-02&availableTo=2026-12-01', 'availableTo'],
    ['cursor=nonsense', 'cursor'],
    ['q[$ne]=x', 'q[$ne]'],
  ])('refuses ?%s', async (query, field) => {
    const { status, body } = await world.call('GET', `/doctors?${query}`);
    expect([status, body.errors?.[0].field]).toEqual([422, field]);
  });

  it('finds by name, specialisation and city: without accents, mistyped, unfinished, in Arabic', async () => {
    const details = { specializations: ['ophthalmology'], city: 'Béja' };
    const doctor = await world.publish({ firstName: 'Zoubeïda', lastName: 'Ben Romdhane' }, details);
    const arab = await world.publish(
      { firstName: 'أسماء', lastName: 'الحمّامي' },
      { specializations: ['ophthalmology'], city: 'Béja' },
    );
    const found = [
      ['zoubeida', [doctor.id]],
      ['Zoubieda', [doctor.id]],
      ['ROMDHANE zoub', [doctor.id]],
      ['benromdhane', [doctor.id]],
      ['romdahne', [doctor.id]],
      ['اسماء', [arab.id]],
      ['حمامي', [arab.id]],
      ['ophtalmologue béja', [doctor.id, arab.id]],
      ['ophtalmolog', [doctor.id, arab.id]],
      ['eye doctor in beja', [doctor.id, arab.id]],
      ['عيون', [doctor.id, arab.id]],
    ] as const;
    for (const [q, ids] of found) expect([q, await world.search({ q })]).toEqual([q, ids]);
    expect(await world.search({ city: 'beja', specialization: 'ophthalmology', language: 'ar' })).toEqual([
      doctor.id,
      arab.id,
    ]);
    expect(await world.search({ city: 'beja', specialization: 'cardiology' })).toEqual([]);
  });

  it('never shows licence, e-mail or reason', async () => {
    await world.publish();
    const { body } = await world.call('GET', '/doctors?limit=100');
    expect(body.items.length).toBeGreaterThan(0);
    for (const item of body.items) {
      expect(Object.keys(item).sort()).toEqual(
        [
          'city',
          'firstName',
          'id',
          'languages',
          'lastName',
          'nextAvailableAt',
          'photoUrl',
          'price',
          'rating',
          'specializations',
        ].sort(),
      );
    }
  });

  it('pages without gaps or repeats, and refuses the cursor of another sort', async () => {
    const price = (amount: number) => ({ consultationPrice: { amount, currency: 'TND' }, city: 'Tozeur' });
    const doctors: string[] = [];
    for (const amount of [30_000, 10_000, 30_000, 20_000, 10_000, 30_000, 40_000]) {
      doctors.push((await world.publish({ lastName: `Page${amount}` }, price(amount))).id);
    }
    const [a, b, c, d, e, f, g] = doctors;
    expect(await world.search({ city: 'Tozeur', sort: 'price', limit: 2 })).toEqual([b, e, d, a, c, f, g]);
    expect(await world.search({ city: 'Tozeur', sort: 'price', limit: 3, maxPrice: 20_000 })).toEqual([b, e, d]);
    expect((await world.search({ city: 'Tozeur', q: 'karim', limit: 3 })).sort()).toEqual([...doctors].sort());
    const { body } = await world.call('GET', '/doctors?city=Tozeur&sort=price&limit=2');
    expect((await world.call('GET', `/doctors?sort=rating&cursor=${body.nextCursor}`)).status).toBe(422);
  });

  it('follows a change of the profile at once, and a suspension', async () => {
    const doctor = await world.publish({ firstName: 'Wassim', lastName: 'Zghal' }, { city: 'Kébili' });
    expect(await world.search({ q: 'zghal' })).toEqual([doctor.id]);
    await world.call('PUT', '/doctors/me', doctor, { ...completeProfile, lastName: 'Zouari', city: 'Kébili' });
    expect(await world.search({ q: 'zghal' })).toEqual([]);
    expect(await world.search({ q: 'zouari', city: 'kebili' })).toEqual([doctor.id]);
    await world.call('POST', `/admin/doctors/${doctor.id}/refuse`, admin, { reason: 'Faux numéro' });
    expect(await world.search({ city: 'kebili' })).toEqual([]);
  });

  it('follows what another process of the service writes', async () => {
    const replica = await world.replica();
    try {
      const found = async () => {
        const answer = await fetch(`${replica.url}/doctors?q=Bouchoucha`);
        return ((await answer.json()) as { items: { id: string }[] }).items.map(({ id }) => id);
      };
      expect(await found()).toEqual([]);
      const doctor = await world.publish({ lastName: 'Bouchoucha' });
      await eventually(async () => (await found()).includes(doctor.id), { timeoutMs: 1000 });
      await world.call('POST', `/admin/doctors/${doctor.id}/refuse`, admin, { reason: 'Faux numéro' });
      expect(await found()).toEqual([]);
    } finally {
      await replica.close();
    }
  });

  it('knows its doctors again after a restart', async () => {
    const doctor = await world.publish({ lastName: 'Redémarré' });
    await world.service.restart();
    expect(await world.search({ q: 'redemarre' })).toEqual([doctor.id]);
  });
});

describe('availability in the directory', () => {
  it('shows, filters and sorts by what scheduling tells', async () => {
    const [late, soon, never] = [
      await world.publish({}, { city: 'Mahdia' }),
      await world.publish({}, { city: 'Mahdia' }),
      await world.publish({}, { city: 'Mahdia' }),
    ];
    const at = `${day(2)}T08:00:00.000Z`;
    await summarise(late.id, 1, {
      nextAvailableAt: `${day(5)}T08:00:00.000Z`,
      days: [day(5), day(6)],
      modes: ['in-person'],
    });
    await summarise(soon.id, 1, { nextAvailableAt: at, days: [day(2), day(6)], modes: ['video'] });
    expect(await world.search({ city: 'mahdia', sort: 'availability' })).toEqual([soon.id, late.id, never.id]);
    expect(await world.search({ city: 'mahdia', mode: 'video' })).toEqual([soon.id]);
    expect(await world.search({ city: 'mahdia', availableTo: day(4) })).toEqual([soon.id]);
    expect(await world.search({ city: 'mahdia', availableFrom: day(3), availableTo: day(5) })).toEqual([late.id]);
    const { body } = await world.call('GET', `/doctors/${soon.id}`);
    expect(body).toMatchObject({ nextAvailableAt: at, modes: ['video'] });
  });

  it('ignores a summary that comes twice or late', async () => {
    const doctor = await world.publish({}, { city: 'Zarzis' });
    const newer = crypto.randomUUID();
    await summarise(doctor.id, 2, { days: [day(3)], modes: ['video'] }, newer);
    await summarise(doctor.id, 1, { days: [day(1)], modes: ['in-person'] });
    await summarise(doctor.id, 2, { days: [day(3)], modes: ['video'] }, newer);
    expect(await world.search({ city: 'zarzis', availableTo: day(2) })).toEqual([]);
    expect(await world.search({ city: 'zarzis', mode: 'video', availableTo: day(3) })).toEqual([doctor.id]);
  });

  it('keeps a summary that comes before the doctor is published', async () => {
    const doctor = { id: 'doctor-early', role: 'doctor' } as const;
    await summarise(doctor.id, 1, { days: [day(1)], modes: ['video'] });
    expect((await world.call('GET', `/doctors/${doctor.id}`)).status).toBe(404);
    await world.call('PUT', '/doctors/me', doctor, { ...completeProfile, city: 'Djerba' });
    await world.call('POST', `/admin/doctors/${doctor.id}/verify`, admin);
    expect(await world.search({ city: 'djerba', availableTo: day(1) })).toEqual([doctor.id]);
  });
});

describe('ratings in the directory', () => {
  const rate = (doctorId: string, sequence: number, average: number, count: number, score: number, id?: string) =>
    world.tell(ratingSummarisedV1, doctorId, sequence, { doctorId, average, count, score }, id);
  const ratingOf = async (id: string) => (await world.call('GET', `/doctors/${id}`)).body.rating;

  it('show the average and sort by the score, those without last', async () => {
    const city = { city: 'Monastir' };
    const [one, fifty, none] = [
      await world.publish({}, city),
      await world.publish({}, city),
      await world.publish({}, city),
    ];
    await rate(one.id, 1, 5, 1, 4.0833);
    await rate(fifty.id, 50, 4.8, 50, 4.7182);
    expect(await world.search({ city: 'monastir', sort: 'rating' })).toEqual([fifty.id, one.id, none.id]);
    expect(await world.search({ city: 'monastir', sort: 'rating', limit: 1 })).toEqual([fifty.id, one.id, none.id]);
    const { body } = await world.call('GET', '/doctors?city=monastir&sort=rating');
    expect(body.items.map(({ rating }: { rating: object }) => rating)).toEqual([
      { average: 4.8, count: 50 },
      { average: 5, count: 1 },
      { average: null, count: 0 },
    ]);
    expect(await ratingOf(fifty.id)).toEqual({ average: 4.8, count: 50 });
  });

  it('ignore a word that comes twice or late, and survive a poisoned one', async () => {
    const doctor = await world.publish();
    const newer = crypto.randomUUID();
    await rate(doctor.id, 2, 4.5, 2, 4.0714, newer);
    await rate(doctor.id, 1, 5, 1, 4.0833);
    await rate(doctor.id, 3, 9, 3, 4, crypto.randomUUID());
    await rate(doctor.id, 2, 4.5, 2, 4.0714, newer);
    expect(await ratingOf(doctor.id)).toEqual({ average: 4.5, count: 2 });
    await rate(doctor.id, 4, 4, 3, 3.9375);
    expect(await ratingOf(doctor.id)).toEqual({ average: 4, count: 3 });
  });

  it('are kept for a doctor who is published later, and again after a suspension', async () => {
    const doctor = { id: 'doctor-rated-early', role: 'doctor' } as const;
    await rate(doctor.id, 1, 3, 1, 3.75);
    await world.call('PUT', '/doctors/me', doctor, completeProfile);
    await world.call('POST', `/admin/doctors/${doctor.id}/verify`, admin);
    expect(await ratingOf(doctor.id)).toEqual({ average: 3, count: 1 });
    await world.call('POST', `/admin/doctors/${doctor.id}/refuse`, admin, { reason: 'Faux numéro' });
    await rate(doctor.id, 2, 4, 2, 3.9286);
    await world.call('POST', `/admin/doctors/${doctor.id}/verify`, admin);
    expect(await ratingOf(doctor.id)).toEqual({ average: 4, count: 2 });
  });
});
