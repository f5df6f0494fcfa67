import { emergencyAccessOpenedV1, recordEntryAddedV1 } from '@medflow/contracts';
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
beforeEach(async () => {
  [doctor, patient] = [newDoctor(), newPatient()];
  await harness.registered(patient, { firstName: 'Leïla', lastName: 'Gharbi' });
  await harness.doctorPublished(doctor, 1, 'Karim');
});

function written(given: { id?: string; time?: Date; replayed?: boolean } = {}, more: object = {}): Promise<string> {
  const entryId = crypto.randomUUID();
  const data = { patientId: patient.id, entryId, authorId: doctor.id, authorRole: 'doctor' as const, ...more };
  return harness.deliver(recordEntryAddedV1, entryId, data, { sequence: 1, ...given });
}

function opened(given: { id?: string } = {}): Promise<string> {
  const accessId = crypto.randomUUID();
  const data = { accessId, patientId: patient.id, doctorId: doctor.id, until: new Date().toISOString() };
  return harness.deliver(emergencyAccessOpenedV1, accessId, data, { sequence: 1, ...given });
}

const lettersTo = ({ id }: Identified) =>
  harness.collection('mail_queue').find({ 'notification.accountId': id }).toArray();
const typesOf = async (reader: Identified) =>
  (await harness.listOf(reader)).items.map(({ type }: { type: string }) => type);

describe('a record that is added to', () => {
  it('is told its patient once a day for each doctor, without a letter', async () => {
    for (let n = 0; n < 3; n += 1) await written();
    expect(await typesOf(patient)).toEqual(['record-entry-added']);
    await written({ time: new Date(Date.now() - 86_400_000) });
    expect(await typesOf(patient)).toHaveLength(2);
    expect(await lettersTo(patient)).toEqual([]);
    expect(await typesOf(doctor)).toEqual([]);
  });

  it('is no news to the patient who wrote it, nor told again of long ago', async () => {
    await written({}, { authorId: patient.id, authorRole: 'patient' });
    await written({ replayed: true, time: new Date('2020-01-01') });
    expect(await typesOf(patient)).toEqual([]);
  });
});

describe('a record that is opened in an emergency', () => {
  it('is told its patient at once, by letter too, and once for a doubled event', async () => {
    const id = crypto.randomUUID();
    await opened({ id });
    await opened({ id });
    const { items } = await harness.listOf(patient);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ type: 'emergency-access-opened', body: expect.stringContaining('Karim') });
    expect(await lettersTo(patient)).toHaveLength(1);
  });
});
