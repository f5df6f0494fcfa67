import { ratingSummarisedV1 } from '@medflow/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ProfilesHarness } from './harness.js';

describe('ratings in the directory of a country that keeps them for the doctor', () => {
  let harness: ProfilesHarness;
  beforeAll(async () => {
    harness = await ProfilesHarness.start({ MEDFLOW_COUNTRY: 'TN' });
  });
  afterAll(() => harness.stop());

  it('are not shown, and nobody is placed by them', async () => {
    const city = { city: 'Monastir' };
    const unrated = await harness.publish({}, city);
    const rated = await harness.publish({}, city);
    const summary = { doctorId: rated.id, average: 4.8, count: 50, score: 4.7182 };
    await harness.deliver(ratingSummarisedV1, rated.id, 1, summary);
    const { body } = await harness.call('GET', '/doctors?city=monastir&sort=rating');
    expect(body.items.map(({ rating }: { rating: object }) => rating)).toEqual([
      { average: null, count: 0 },
      { average: null, count: 0 },
    ]);
    // By their ids, as those whom nobody has rated.
    expect(await harness.search({ city: 'monastir', sort: 'rating' })).toEqual([unrated.id, rated.id]);
    const profile = await harness.call('GET', `/doctors/${rated.id}`);
    expect(profile.body.rating).toEqual({ average: null, count: 0 });
    const [kept] = await harness.service.database.client
      .db()
      .collection('directory')
      .find({ 'rating.count': 50 })
      .toArray();
    expect(kept).toMatchObject({ _id: rated.id });
  });
});
