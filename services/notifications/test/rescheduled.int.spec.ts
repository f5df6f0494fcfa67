import {
  appointmentRescheduleDeclinedV1,
  appointmentRescheduledV1,
  appointmentRescheduleLapsedV1,
  appointmentRescheduleProposedV1,
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
beforeEach(async () => {
  [doctor, patient] = [newDoctor(), newPatient()];
  harness.contacts.set(patient.id, { locale: 'fr' });
  harness.contacts.set(doctor.id, { locale: 'fr' });
  await harness.doctorPublished(doctor, 1, 'Karim');
});

const titles = async (as: Identified) => (await harness.listOf(as)).items.map(({ title }: { title: string }) => title);
const subjects = async ({ id }: Identified): Promise<string[]> => {
  const { items } = (await harness.call('GET', '/mailbox/api')).body as { items: { to: string; subject: string }[] };
  return items.filter(({ to }) => to === `${id}@example.tn`).map(({ subject }) => subject);
};

describe('a visit that was moved', () => {
  it.each([
    ['requested', 'Rendez-vous déplacé, en attente de réponse', 'Rendez-vous déplacé, à confirmer'],
    ['accepted', 'Rendez-vous déplacé', 'Rendez-vous déplacé'],
  ] as const)('and is %s is told to both sides once, in the bell and by letter', async (status, mine, theirs) => {
    const previousStartsAt = '2026-11-27T08:00:00.000Z';
    const data = { ...harness.appointment(doctor, patient), by: 'patient' as const, status, previousStartsAt };
    const id = await harness.deliver(appointmentRescheduledV1, data.appointmentId, data, { sequence: 3 });
    await harness.deliver(appointmentRescheduledV1, data.appointmentId, data, { sequence: 3, id });
    expect([await titles(patient), await titles(doctor)]).toEqual([[mine], [theirs]]);
    await eventually(async () => (await subjects(patient)).length + (await subjects(doctor)).length === 2, {
      timeoutMs: 15_000,
    });
    expect([await subjects(patient), await subjects(doctor)]).toEqual([[mine], [theirs]]);
  });

  it('is told to its patient as proposed, with the other time, and to its doctor as declined', async () => {
    const { startsAt, ...data } = { ...harness.appointment(doctor, patient), status: 'accepted' as const };
    const { endsAt, mode, price } = data;
    const proposal = { startsAt: '2027-02-02T08:00:00.000Z', endsAt, mode, price, until: startsAt };
    const { appointmentId } = data;
    await harness.deliver(
      appointmentRescheduleProposedV1,
      appointmentId,
      { ...data, startsAt, proposal },
      { sequence: 3 },
    );
    await harness.deliver(appointmentRescheduleDeclinedV1, appointmentId, { ...data, startsAt }, { sequence: 4 });
    expect([await titles(patient), await titles(doctor)]).toEqual([
      ['Un autre horaire vous est proposé'],
      ['Horaire inchangé'],
    ]);
    const { items } = await harness.listOf(patient);
    expect(items[0].body).toContain(
      'Dr Karim Trabelsi vous propose de déplacer votre rendez-vous au mardi 2 février 2027',
    );
    await eventually(async () => (await subjects(patient)).length + (await subjects(doctor)).length === 2, {
      timeoutMs: 15_000,
    });
  });

  it.each([
    ['fr', 'Proposition expirée', 'n’a pas répondu à temps à l’horaire que vous proposiez'],
    ['en', 'Proposal expired', 'did not answer in time about the time that you proposed'],
    ['ar', 'انتهت صلاحية الاقتراح', 'في الوقت المناسب على الموعد الذي اقترحته'],
  ] as const)(
    'stays where it was when a proposal lapses: both sides hear it once, in %s',
    async (locale, title, why) => {
      for (const { id } of [doctor, patient]) harness.contacts.set(id, { locale });
      const data = { ...harness.appointment(doctor, patient), status: 'accepted' as const };
      const id = await harness.deliver(appointmentRescheduleLapsedV1, data.appointmentId, data, { sequence: 4 });
      await harness.deliver(appointmentRescheduleLapsedV1, data.appointmentId, data, { sequence: 4, id });
      await eventually(async () => (await subjects(patient)).length + (await subjects(doctor)).length === 2, {
        timeoutMs: 15_000,
      });
      expect([await subjects(patient), await subjects(doctor)]).toEqual([[title], [title]]);
      expect((await harness.listOf(doctor, locale)).items).toMatchObject([
        { title, body: expect.stringContaining(why) },
      ]);
    },
  );
});
