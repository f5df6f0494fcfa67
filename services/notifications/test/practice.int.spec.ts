import {
  appointmentCancelledV1,
  appointmentDoctorAvailableV1,
  appointmentDoctorUnavailableV1,
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

const bell = async (as: Identified) =>
  (await harness.listOf(as)).items.map(({ type, title }: { type: string; title: string }) => [type, title]);
const subjects = async ({ id }: Identified): Promise<string[]> => {
  const { items } = (await harness.call('GET', '/mailbox/api')).body as { items: { to: string; subject: string }[] };
  return items.filter(({ to }) => to === `${id}@example.tn`).map(({ subject }) => subject);
};

describe('a visit whose doctor may see nobody any more', () => {
  it('is told to its patient, in the bell and by letter, with what to do, and so is that it stands again', async () => {
    const data = harness.appointment(doctor, patient);
    const id = await harness.deliver(appointmentDoctorUnavailableV1, data.appointmentId, data, { sequence: 3 });
    await harness.deliver(appointmentDoctorUnavailableV1, data.appointmentId, data, { sequence: 3, id });
    await harness.deliver(appointmentDoctorAvailableV1, data.appointmentId, data, { sequence: 4 });
    expect((await bell(patient)).sort()).toEqual([
      ['appointment-doctor-available', 'Votre rendez-vous est maintenu'],
      ['appointment-doctor-unavailable', 'Votre médecin ne peut plus vous recevoir'],
    ]);
    const { items } = await harness.listOf(patient);
    const lost = items.find(({ type }: { type: string }) => type === 'appointment-doctor-unavailable');
    expect(lost.body).toMatch(
      /^Dr Karim Trabelsi ne peut plus vous recevoir .* ou annulez\. Tout vous est remboursé\.$/,
    );
    await eventually(async () => (await subjects(patient)).length === 2, { timeoutMs: 15_000 });
    expect([await bell(doctor), await subjects(doctor)]).toEqual([[], []]);
  });

  it('is told as called off by nobody, to its patient alone, and what was merely held as well', async () => {
    const lost = { by: 'doctor' as const, because: 'doctor-unavailable' as const };
    for (const more of [{}, { announced: false }]) {
      const data = { ...harness.appointment(doctor, patient), ...more, ...lost };
      await harness.deliver(appointmentCancelledV1, data.appointmentId, data, { sequence: 3 });
    }
    const { items } = await harness.listOf(patient);
    expect(items).toHaveLength(2);
    for (const { body } of items) expect(body).toMatch(/ne peut plus vous recevoir .* entièrement rendu/);
    expect(await bell(doctor)).toEqual([]);
  });
});

describe('a visit that its doctor judged unsuitable by video', () => {
  it('is told to its patient alone, in the bell and by letter: nothing is charged, and there is the practice', async () => {
    const ended = { by: 'doctor' as const, because: 'unsuitable-by-video' as const };
    const data = { ...harness.appointment(doctor, patient), ...ended };
    const id = await harness.deliver(appointmentCancelledV1, data.appointmentId, data, { sequence: 3 });
    await harness.deliver(appointmentCancelledV1, data.appointmentId, data, { sequence: 3, id });
    const { items } = await harness.listOf(patient);
    expect(items.map(({ title }: { title: string }) => title)).toEqual(['La vidéo ne convient pas à votre situation']);
    expect(items[0].body).toMatch(
      /^Dr Karim Trabelsi a jugé que la vidéo ne convient pas .* : rien ne vous est facturé .* au cabinet\.$/,
    );
    await eventually(async () => (await subjects(patient)).length === 1, { timeoutMs: 15_000 });
    expect([await bell(doctor), await subjects(doctor)]).toEqual([[], []]);
  });
});
