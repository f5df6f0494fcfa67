import {
  appointmentAcceptedV1,
  appointmentCancelledV1,
  appointmentCompletedV1,
  appointmentRejectedV1,
  appointmentRequestedV1,
  reviewAnsweredV1,
  type ReviewData,
  reviewHiddenV1,
  reviewInvitedV1,
  reviewSubmittedV1,
} from '@medflow/contracts';
import { eventually, type Identified } from '@medflow/testing';
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

const typesOf = async (as: Identified) => (await harness.listOf(as)).items.map(({ type }: { type: string }) => type);
const lettersOf = ({ id }: Identified) =>
  harness.collection('mail_queue').countDocuments({ 'notification.accountId': id });
const liveOf = ({ id }: Identified) => harness.live.filter(({ data }) => data.accountId === id);

describe('news of an appointment', () => {
  it('makes one notification, one letter and one live event for each side', async () => {
    // Letters wait for identity, so that they can be counted.
    harness.contacts.down = true;
    await harness.registered(patient, { firstName: 'Leïla', locale: 'en' });
    await harness.doctorPublished(doctor, 1, 'Karim');
    const data = harness.appointment(doctor, patient);
    await harness.deliver(appointmentRequestedV1, data.appointmentId, data);
    expect(await harness.listOf(patient)).toEqual({
      items: [
        {
          id: expect.any(String),
          type: 'appointment-requested',
          title: 'Request sent',
          body: 'Your request for an appointment with Dr Karim Trabelsi on Monday, 30 November 2026, 09:00 CET was sent. You will be told of the answer.',
          data: { appointmentId: data.appointmentId },
          createdAt: expect.any(String),
          readAt: null,
        },
      ],
      nextCursor: null,
      unread: 1,
    });
    const { items } = await harness.listOf(doctor);
    expect(items).toEqual([expect.objectContaining({ title: 'Nouvelle demande de rendez-vous', readAt: null })]);
    await eventually(() => liveOf(doctor).length === 1 && liveOf(patient).length === 1);
    const { id, type, title, body, createdAt } = items[0];
    const { appointmentId } = data;
    expect(liveOf(doctor)[0]!.data).toEqual({
      notificationId: id,
      accountId: doctor.id,
      kind: type,
      title,
      body,
      appointmentId,
      createdAt,
    });
    expect(liveOf(patient)[0]!.data).toMatchObject({ title: 'Request sent' });
    expect([await lettersOf(doctor), await lettersOf(patient)]).toEqual([1, 1]);
    harness.contacts.down = false;
  });

  it('has one effect when it is delivered again, at the same time or after the inbox forgot it', async () => {
    harness.contacts.down = true;
    const data = harness.appointment(doctor, patient);
    const again = (id?: string) => harness.deliver(appointmentAcceptedV1, data.appointmentId, data, id ? { id } : {});
    const id = await again();
    await Promise.all([again(id), again(id), again(id)]);
    await harness.collection('inbox').deleteOne({ _id: `notifications.appointments|${id}` });
    await again(id);
    for (const side of [doctor, patient]) {
      expect(await typesOf(side)).toEqual(['appointment-accepted']);
      expect(await lettersOf(side)).toBe(1);
      expect(liveOf(side)).toHaveLength(1);
    }
    harness.contacts.down = false;
  });

  it('tells the patient alone of a refusal, with the reason in the list and nowhere else', async () => {
    harness.contacts.down = true;
    const reason = 'Je ne suis plus les grossesses';
    const data = { ...harness.appointment(doctor, patient), by: 'doctor' as const, reason };
    await harness.deliver(appointmentRejectedV1, data.appointmentId, data);
    expect((await harness.listOf(patient)).items).toEqual([
      expect.objectContaining({ type: 'appointment-rejected', data: { appointmentId: data.appointmentId, reason } }),
    ]);
    expect(await typesOf(doctor)).toEqual([]);
    await eventually(() => liveOf(patient).length === 1);
    const queued = await harness.collection('mail_queue').findOne({ 'notification.accountId': patient.id });
    expect(queued).not.toBeNull();
    expect(JSON.stringify([queued, liveOf(patient)])).not.toContain('grossesses');
    harness.contacts.down = false;
  });

  it('confirms a cancellation to whoever cancelled and tells the other side why', async () => {
    const data = { ...harness.appointment(doctor, patient), by: 'patient' as const, reason: 'Empêchée' };
    await harness.deliver(appointmentCancelledV1, data.appointmentId, data);
    const [[own], [others]] = [(await harness.listOf(patient)).items, (await harness.listOf(doctor)).items];
    expect(own.body).toMatch(/^Vous avez annulé votre rendez-vous avec votre médecin du lundi 30 novembre/);
    expect(own.data).toEqual({ appointmentId: data.appointmentId });
    expect(others.body).toMatch(/^Un patient a annulé le rendez-vous/);
    expect(others.data.reason).toBe('Empêchée');
  });

  it('is not held up by a poisoned message or by one that always fails', async () => {
    const broken = { ...harness.appointment(doctor, patient), startsAt: 'tomorrow' };
    const data = harness.appointment(doctor, patient);
    const failing = crypto.randomUUID();
    await harness.collection('notifications').insertOne({ _id: `000001-${failing}.d`, accountId: 'somebody' });
    const [poisonous] = await Promise.all([
      harness.deliver(appointmentRequestedV1, broken.appointmentId, broken),
      harness.deliver(appointmentRequestedV1, data.appointmentId, data, { id: failing }),
      harness.deliver(appointmentAcceptedV1, crypto.randomUUID(), data),
    ]);
    // It is parked after its last attempt, and the others did not wait for that.
    await eventually(async () => {
      const parked = (await harness.bus.deadLetters.list('notifications.appointments')).map(({ id }) => id);
      return [poisonous, failing].every((id) => parked.includes(id));
    });
    expect(await typesOf(doctor)).toEqual(['appointment-accepted']);
    // The one that failed left nothing behind, not even the half that could be written.
    expect(await typesOf(patient)).toEqual(['appointment-accepted']);
  });
});

describe('news of a review', () => {
  const review = (): ReviewData => ({
    reviewId: crypto.randomUUID(),
    appointmentId: crypto.randomUUID(),
    patientId: patient.id,
    doctorId: doctor.id,
    stars: 1,
  });

  it('comes to the doctor by bell and mail the first time, not when it is edited', async () => {
    harness.contacts.down = true;
    await harness.registered(patient, { firstName: 'Leïla', lastName: 'Gharbi' });
    const data = review();
    const id = await harness.deliver(reviewSubmittedV1, data.reviewId, data);
    await harness.deliver(reviewSubmittedV1, data.reviewId, data, { id });
    await harness.deliver(reviewSubmittedV1, data.reviewId, { ...data, stars: 5 }, { sequence: 2 });
    expect((await harness.listOf(doctor)).items).toEqual([
      expect.objectContaining({
        type: 'review-submitted',
        title: 'Nouvel avis',
        body: 'Leïla Gharbi a donné son avis sur une consultation.',
        data: { appointmentId: data.appointmentId },
      }),
    ]);
    expect([await lettersOf(doctor), await lettersOf(patient)]).toEqual([1, 0]);
    await eventually(() => liveOf(doctor).length === 1);
    expect(await typesOf(patient)).toEqual([]);
    harness.contacts.down = false;
  });

  it('asks the patient by bell and mail to rate, once', async () => {
    harness.contacts.down = true;
    const { appointmentId, patientId, doctorId } = review();
    const data = { appointmentId, patientId, doctorId };
    const id = await harness.deliver(reviewInvitedV1, appointmentId, data);
    await Promise.all([1, 2].map(() => harness.deliver(reviewInvitedV1, appointmentId, data, { id })));
    expect((await harness.listOf(patient)).items).toEqual([
      expect.objectContaining({ type: 'review-invited', data: { appointmentId } }),
    ]);
    expect([await lettersOf(patient), await lettersOf(doctor)]).toEqual([1, 0]);
    harness.contacts.down = false;
  });

  it('tells the patient of an answer and of a hidden comment, in the bell alone', async () => {
    const data = review();
    await harness.deliver(reviewAnsweredV1, data.reviewId, data, { sequence: 2 });
    await harness.deliver(reviewHiddenV1, data.reviewId, data, { sequence: 3 });
    expect((await typesOf(patient)).sort()).toEqual(['review-answered', 'review-hidden']);
    expect([await lettersOf(patient), await typesOf(doctor)]).toEqual([0, []]);
  });

  it('is not held up by a poisoned message', async () => {
    const broken = { ...review(), stars: 6 };
    const poisonous = await harness.deliver(reviewSubmittedV1, broken.reviewId, broken);
    const data = review();
    await harness.deliver(reviewAnsweredV1, data.reviewId, data, { sequence: 2 });
    expect(await typesOf(patient)).toEqual(['review-answered']);
    const parked = await harness.bus.deadLetters.list('notifications.feedback');
    expect(parked.map(({ id }) => id)).toContain(poisonous);
  });
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
  const tellMany = async (count: number) => {
    for (let n = 0; n < count; n += 1) {
      const data = harness.appointment(doctor, patient);
      const time = new Date(Date.UTC(2026, 10, 1, 8, Math.floor(n / 3)));
      await harness.deliver(appointmentCompletedV1, data.appointmentId, data, { time });
    }
  };
  const read = (id: string, as = patient) => harness.call('POST', `/notifications/${id}/read`, as);

  it('comes newest first, page by page, each line once', async () => {
    await tellMany(8);
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
    await tellMany(12);
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
    await tellMany(1);
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
