import { type AvailabilitySummarisedV1, availabilitySummarisedV1, ratingSummarisedV1 } from '@medflow/contracts';
import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { admin, completeProfile, ProfilesHarness } from './harness.js';

let harness: ProfilesHarness;
beforeAll(async () => {
  harness = await ProfilesHarness.start();
});
afterAll(() => harness.stop());

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const summarise = (doctorId: string, sequence: number, summary: Partial<AvailabilitySummarisedV1>, eventId?: string) =>
  harness.deliver(availabilitySummarisedV1, doctorId, sequence, { doctorId, days: [], modes: [], ...summary }, eventId);

describe('the public directory', () => {
  it('answers an empty list to whoever finds nobody', async () => {
    const { status, body } = await harness.call('GET', '/doctors?q=Introuvable&city=Nulle%20part');
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
    const { status, body } = await harness.call('GET', `/doctors?${query}`);
    expect([status, body.errors?.[0].field]).toEqual([422, field]);
  });

  it('finds by name, specialisation and city: without accents, mistyped, unfinished, in Arabic', async () => {
    const details = { specializations: ['ophthalmology'], city: 'Béja' };
    const doctor = await harness.publish({ firstName: 'Zoubeïda', lastName: 'Ben Romdhane' }, details);
    const arab = await harness.publish(
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
    for (const [q, ids] of found) expect([q, await harness.search({ q })]).toEqual([q, ids]);
    expect(await harness.search({ city: 'beja', specialization: 'ophthalmology', language: 'ar' })).toEqual([
      doctor.id,
      arab.id,
    ]);
    expect(await harness.search({ city: 'beja', specialization: 'cardiology' })).toEqual([]);
  });

  it('never shows licence, e-mail or reason', async () => {
    await harness.publish();
    const { body } = await harness.call('GET', '/doctors?limit=100');
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
          'photo',
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
      doctors.push((await harness.publish({ lastName: `Page${amount}` }, price(amount))).id);
    }
    const [a, b, c, d, e, f, g] = doctors;
    expect(await harness.search({ city: 'Tozeur', sort: 'price', limit: 2 })).toEqual([b, e, d, a, c, f, g]);
    expect(await harness.search({ city: 'Tozeur', sort: 'price', limit: 3, maxPrice: 20_000 })).toEqual([b, e, d]);
    expect((await harness.search({ city: 'Tozeur', q: 'karim', limit: 3 })).sort()).toEqual([...doctors].sort());
    const { body } = await harness.call('GET', '/doctors?city=Tozeur&sort=price&limit=2');
    expect((await harness.call('GET', `/doctors?sort=rating&cursor=${body.nextCursor}`)).status).toBe(422);
  });

  it('follows a change of the profile at once, and a suspension', async () => {
    const doctor = await harness.publish({ firstName: 'Wassim', lastName: 'Zghal' }, { city: 'Kébili' });
    expect(await harness.search({ q: 'zghal' })).toEqual([doctor.id]);
    await harness.call('PUT', '/doctors/me', doctor, { ...completeProfile, lastName: 'Zouari', city: 'Kébili' });
    expect(await harness.search({ q: 'zghal' })).toEqual([]);
    expect(await harness.search({ q: 'zouari', city: 'kebili' })).toEqual([doctor.id]);
    await harness.call('POST', `/admin/doctors/${doctor.id}/refuse`, admin, { reason: 'Faux numéro' });
    expect(await harness.search({ city: 'kebili' })).toEqual([]);
  });

  it('follows what another process of the service writes', async () => {
    const replica = await harness.replica();
    try {
      const found = async () => {
        const answer = await fetch(`${replica.url}/doctors?q=Bouchoucha`);
        return ((await answer.json()) as { items: { id: string }[] }).items.map(({ id }) => id);
      };
      expect(await found()).toEqual([]);
      const doctor = await harness.publish({ lastName: 'Bouchoucha' });
      await eventually(async () => (await found()).includes(doctor.id), { timeoutMs: 1000 });
      await harness.call('POST', `/admin/doctors/${doctor.id}/refuse`, admin, { reason: 'Faux numéro' });
      expect(await found()).toEqual([]);
    } finally {
      await replica.close();
    }
  });

  it('knows its doctors again after a restart', async () => {
    const doctor = await harness.publish({ lastName: 'Redémarré' });
    await harness.service.restart();
    expect(await harness.search({ q: 'redemarre' })).toEqual([doctor.id]);
  });
});

describe('availability in the directory', () => {
  it('shows, filters and sorts by what scheduling tells', async () => {
    const [late, soon, never] = [
      await harness.publish({}, { city: 'Mahdia' }),
      await harness.publish({}, { city: 'Mahdia' }),
      await harness.publish({}, { city: 'Mahdia' }),
    ];
    const at = `${day(2)}T08:00:00.000Z`;
    await summarise(late.id, 1, {
      nextAvailableAt: `${day(5)}T08:00:00.000Z`,
      days: [day(5), day(6)],
      modes: ['in-person'],
    });
    await summarise(soon.id, 1, { nextAvailableAt: at, days: [day(2), day(6)], modes: ['video'] });
    expect(await harness.search({ city: 'mahdia', sort: 'availability' })).toEqual([soon.id, late.id, never.id]);
    expect(await harness.search({ city: 'mahdia', mode: 'video' })).toEqual([soon.id]);
    expect(await harness.search({ city: 'mahdia', availableTo: day(4) })).toEqual([soon.id]);
    expect(await harness.search({ city: 'mahdia', availableFrom: day(3), availableTo: day(5) })).toEqual([late.id]);
    const { body } = await harness.call('GET', `/doctors/${soon.id}`);
    expect(body).toMatchObject({ nextAvailableAt: at, modes: ['video'] });
  });

  it('ignores a summary that comes twice or late', async () => {
    const doctor = await harness.publish({}, { city: 'Zarzis' });
    const newer = crypto.randomUUID();
    await summarise(doctor.id, 2, { days: [day(3)], modes: ['video'] }, newer);
    await summarise(doctor.id, 1, { days: [day(1)], modes: ['in-person'] });
    await summarise(doctor.id, 2, { days: [day(3)], modes: ['video'] }, newer);
    expect(await harness.search({ city: 'zarzis', availableTo: day(2) })).toEqual([]);
    expect(await harness.search({ city: 'zarzis', mode: 'video', availableTo: day(3) })).toEqual([doctor.id]);
  });

  it('keeps a summary that comes before the doctor is published', async () => {
    const doctor = { id: 'doctor-early', role: 'doctor' } as const;
    await summarise(doctor.id, 1, { days: [day(1)], modes: ['video'] });
    expect((await harness.call('GET', `/doctors/${doctor.id}`)).status).toBe(404);
    await harness.call('PUT', '/doctors/me', doctor, { ...completeProfile, city: 'Djerba' });
    await harness.call('POST', `/admin/doctors/${doctor.id}/verify`, admin);
    expect(await harness.search({ city: 'djerba', availableTo: day(1) })).toEqual([doctor.id]);
  });
});

describe('ratings in the directory', () => {
  const rate = (doctorId: string, sequence: number, average: number, count: number, score: number, id?: string) =>
    harness.deliver(ratingSummarisedV1, doctorId, sequence, { doctorId, average, count, score }, id);
  const ratingOf = async (id: string) => (await harness.call('GET', `/doctors/${id}`)).body.rating;

  it('show the average and sort by the score, those without last', async () => {
    const city = { city: 'Monastir' };
    const [one, fifty, none] = [
      await harness.publish({}, city),
      await harness.publish({}, city),
      await harness.publish({}, city),
    ];
    await rate(one.id, 1, 5, 1, 4.0833);
    await rate(fifty.id, 50, 4.8, 50, 4.7182);
    expect(await harness.search({ city: 'monastir', sort: 'rating' })).toEqual([fifty.id, one.id, none.id]);
    expect(await harness.search({ city: 'monastir', sort: 'rating', limit: 1 })).toEqual([fifty.id, one.id, none.id]);
    const { body } = await harness.call('GET', '/doctors?city=monastir&sort=rating');
    expect(body.items.map(({ rating }: { rating: object }) => rating)).toEqual([
      { average: 4.8, count: 50 },
      { average: 5, count: 1 },
      { average: null, count: 0 },
    ]);
    expect(await ratingOf(fifty.id)).toEqual({ average: 4.8, count: 50 });
  });

  it('ignore a word that comes twice or late, and survive a poisoned one', async () => {
    const doctor = await harness.publish();
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
    await harness.call('PUT', '/doctors/me', doctor, completeProfile);
    await harness.call('POST', `/admin/doctors/${doctor.id}/verify`, admin);
    expect(await ratingOf(doctor.id)).toEqual({ average: 3, count: 1 });
    await harness.call('POST', `/admin/doctors/${doctor.id}/refuse`, admin, { reason: 'Faux numéro' });
    await rate(doctor.id, 2, 4, 2, 3.9286);
    await harness.call('POST', `/admin/doctors/${doctor.id}/verify`, admin);
    expect(await ratingOf(doctor.id)).toEqual({ average: 4, count: 2 });
  });
});
