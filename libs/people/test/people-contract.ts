import { beforeEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_LANGUAGE, DEFAULT_TIME_ZONE, type NameNews, type People } from '@medflow/people';

/** What every service needs of the people it knows, wherever they are kept. */
export function describePeople(store: string, open: () => Promise<People>): void {
  describe(`people in ${store}`, () => {
    let people: People;
    beforeEach(async () => {
      people = await open();
    });

    const tell = (source: NameNews['source'], sequence: number, word: Partial<NameNews> = {}) =>
      people.keep({ id: 'p', source, sequence, firstName: 'Amina', lastName: 'Gharbi', ...word });
    const known = async (id = 'p') => (await people.find([id])).get(id);

    it('are as the sign-up has them until a profile speaks, and then as the profile has them', async () => {
      await tell('identity', 1, { firstName: 'signed up', language: 'ar' });
      expect(await known()).toMatchObject({ firstName: 'signed up', language: 'ar', timeZone: DEFAULT_TIME_ZONE });
      await tell('profiles', 3, { firstName: '$profile', timeZone: 'Europe/Paris' });
      await tell('identity', 9, { firstName: 'signed up again', language: 'en' });
      expect(await known()).toMatchObject({ firstName: '$profile', language: 'en', timeZone: 'Europe/Paris' });
    });

    it('are as the latest word of a source has them, in whatever order and however often it comes', async () => {
      await tell('profiles', 3, { firstName: 'newest', language: 'en' });
      await tell('profiles', 2, { firstName: 'older', language: 'ar' });
      await tell('profiles', 3, { firstName: 'again' });
      expect(await known()).toMatchObject({ firstName: 'newest', language: 'en' });
    });

    it('have the photo of the latest word of their profile, and none once it tells of none', async () => {
      await tell('profiles', 3, { photo: 'one' });
      expect(await known()).toMatchObject({ photo: 'one' });
      await tell('identity', 9);
      await tell('profiles', 4, { photo: 'two' });
      expect(await known()).toMatchObject({ photo: 'two' });
      await tell('profiles', 5);
      expect(await known()).not.toHaveProperty('photo');
    });

    it('are as the latest word has them of many that come at once', async () => {
      await tell('profiles', 0);
      await Promise.all([5, 2, 8, 1, 7].map((sequence) => tell('profiles', sequence, { firstName: `${sequence}` })));
      expect(await known()).toMatchObject({ firstName: '8' });
    });

    it('have figures by the days of their latest plan, else of their profile, else of where MedFlow is at home', async () => {
      const plan = (sequence: number, timeZone: string) =>
        people.keep({ id: 'p', source: 'scheduling', sequence, timeZone });
      await tell('identity', 1);
      expect(await known()).toMatchObject({ figuresTimeZone: DEFAULT_TIME_ZONE });
      await tell('profiles', 7, { timeZone: 'Europe/Paris' });
      expect(await known()).toMatchObject({ figuresTimeZone: 'Europe/Paris' });
      await plan(2, 'Asia/Tokyo');
      await plan(1, 'Asia/Kabul');
      await tell('profiles', 8, { timeZone: 'Europe/Rome' });
      expect(await known()).toMatchObject({
        firstName: 'Amina',
        timeZone: 'Europe/Rome',
        figuresTimeZone: 'Asia/Tokyo',
      });
    });

    it('have empty names while nobody has told of them, and are there whoever is asked for', async () => {
      await tell('profiles', 1);
      const found = await people.find(['nobody', 'p', 'nobody']);
      expect([...found.keys()].sort()).toEqual(['nobody', 'p']);
      expect(found.get('nobody')).toEqual({
        id: 'nobody',
        firstName: '',
        lastName: '',
        language: DEFAULT_LANGUAGE,
        timeZone: DEFAULT_TIME_ZONE,
        figuresTimeZone: DEFAULT_TIME_ZONE,
      });
      expect((await people.find([])).size).toBe(0);
    });
  });
}
