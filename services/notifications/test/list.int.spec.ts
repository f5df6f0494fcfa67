import { appointmentCompletedV1, appointmentRequestedV1 } from '@medflow/contracts';
import type { Identified } from '@medflow/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newDoctor, newPatient, NotificationsHarness } from './harness.js';

let harness: NotificationsHarness;
let doctor: Identified;
let patient: Identified;
beforeAll(async () => {
  harness = await NotificationsHarness.start();
});
afterAll(() => harness.stop());
beforeEach(() => {
  [doctor, patient] = [newDoctor(), newPatient()];
});

describe('people', () => {
  const bodyFor = async (as: Identified) => (await harness.listOf(as)).items[0].body as string;
  const completed = async () => {
    const data = harness.appointment(doctor, patient);
    await harness.deliver(appointmentCompletedV1, data.appointmentId, data);
  };

  it('may become known after the news of them: names and languages are found when the list is read', async () => {
    await completed();
    expect(await bodyFor(patient)).toBe(
      'Votre consultation avec votre médecin du lundi 30 novembre 2026, 09:00 UTC+1 est terminée.',
    );
    await harness.registered(doctor, { firstName: 'Karim', lastName: 'Trabelsi' });
    await harness.registered(patient, { locale: 'ar' });
    expect(await bodyFor(patient)).toMatch(/^انتهت استشارتك مع د\. Karim Trabelsi/);
  });

  it('may be announced in any order: the newest profile wins and the sign-up adds what only it knows', async () => {
    await harness.doctorPublished(doctor, 2, 'Mourad');
    await harness.doctorPublished(doctor, 1, 'Karim');
    await harness.registered(doctor, { firstName: 'K.', locale: 'ar' });
    await harness.patientUpdated(patient, 7, 'Sonia', 'Europe/Paris');
    await harness.patientUpdated(patient, 6, 'Leïla');
    await harness.registered(patient, { firstName: 'L.', locale: 'ar' });
    const data = harness.appointment(doctor, patient, { startsAt: '2026-07-01T08:00:00.000Z' });
    await harness.deliver(appointmentRequestedV1, data.appointmentId, data);
    expect(await bodyFor(patient)).toMatch(/Dr Mourad Trabelsi on Wednesday, 1 July 2026, 10:00 CEST/);
    // The doctor's language is known from the sign-up alone.
    expect(await bodyFor(doctor)).toMatch(/^يطلب Sonia Gharbi موعدًا/);
  });

  it('may be named in the database’s own language', async () => {
    await harness.registered(doctor, { firstName: '$identity', lastName: '{when} $$ROOT' });
    await completed();
    expect(await bodyFor(patient)).toContain('avec Dr $identity {when} $$ROOT du lundi');
  });

  it('are answered in the language they ask for, else in their own', async () => {
    await harness.registered(patient, { locale: 'en' });
    await completed();
    const titles = {
      'fr-TN,en;q=0.5': 'Consultation terminée',
      'de-DE,de': 'Consultation finished',
      '*': 'Consultation finished',
      ar: 'انتهت الاستشارة',
    };
    for (const [language, title] of Object.entries(titles))
      expect((await harness.listOf(patient, language)).items[0].title).toBe(title);
  });
});

describe('the list', () => {
  /** Some share their instant. */
  const deliverMany = async (count: number) => {
    for (let n = 0; n < count; n += 1) {
      const data = harness.appointment(doctor, patient);
      const time = new Date(Date.UTC(2026, 10, 1, 8, Math.floor(n / 3)));
      await harness.deliver(appointmentCompletedV1, data.appointmentId, data, { time });
    }
  };
  const read = (id: string, as = patient) => harness.call('POST', `/notifications/${id}/read`, as);

  it('comes newest first, page by page, each line once', async () => {
    await deliverMany(8);
    const seen: { id: string; createdAt: string }[] = [];
    let cursor = '';
    for (let pages = 0; pages < 3; pages += 1) {
      const { status, body } = await harness.call('GET', `/notifications?limit=3${cursor}`, patient);
      expect([status, body.unread]).toEqual([200, 8]);
      seen.push(...body.items);
      cursor = `&cursor=${body.nextCursor}`;
      if (pages === 2) expect(body.nextCursor).toBeNull();
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(8);
    const instants = seen.map(({ createdAt }) => createdAt);
    expect(instants).toEqual([...instants].sort().reverse());
  });

  it.each(['limit=0', 'limit=101', 'cursor=x', `cursor=${btoa('[null,1]')}`, `cursor=${btoa('["soon",{}]')}`, 'x=1'])(
    'refuses ?%s',
    async (query) => {
      expect((await harness.call('GET', `/notifications?${query}`, patient)).status).toBe(422);
    },
  );

  it('counts what is unread right when many read at the same time, some twice', async () => {
    await deliverMany(12);
    const ids: string[] = (await harness.listOf(patient)).items.map(({ id }: { id: string }) => id);
    const chosen = ids.slice(0, 7);
    const answers = await Promise.all([...chosen, ...chosen].map((id) => read(id)));
    expect(answers.map(({ status }) => status)).toEqual(Array(14).fill(200));
    // Both answers for one line tell the same moment: the first.
    for (const [index, { body }] of answers.slice(0, 7).entries()) {
      expect(body.readAt).toEqual(expect.any(String));
      expect(answers[index + 7]!.body).toEqual(body);
    }
    expect((await harness.listOf(patient)).unread).toBe(5);
    const all = await Promise.all([
      harness.call('POST', '/notifications/read-all', patient),
      harness.call('POST', '/notifications/read-all', patient),
    ]);
    expect(all.map(({ status }) => status)).toEqual([204, 204]);
    const { unread, items } = await harness.listOf(patient);
    expect(unread).toBe(0);
    expect(items.find(({ id }: { id: string }) => id === chosen[0]).readAt).toBe(answers[0]!.body.readAt);
  });

  it('is one’s own: somebody else’s line is not there, to read or to mark', async () => {
    await deliverMany(1);
    const [{ id }] = (await harness.listOf(patient)).items;
    for (const stranger of [doctor, newPatient(), { id: 'admin-1', role: 'admin' } as const]) {
      expect(await read(id, stranger)).toMatchObject({ status: 404, body: { code: 'not-found' } });
      expect(await harness.listOf(stranger)).toEqual({ items: [], nextCursor: null, unread: 0 });
      expect((await harness.call('POST', '/notifications/read-all', stranger)).status).toBe(204);
    }
    expect((await read('no-such-line')).status).toBe(404);
    expect((await harness.listOf(patient)).unread).toBe(1);
  });

  it.each([
    ['GET', '/notifications'],
    ['POST', '/notifications/x/read'],
    ['POST', '/notifications/read-all'],
  ])('is closed to those who are not signed in: %s %s', async (method, path) => {
    expect((await harness.call(method, path)).status).toBe(401);
  });
});
