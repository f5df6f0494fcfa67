import { heldFacts } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { profiles } from '../src/index.js';
import { admin, completeProfile, newDoctor, newPatient, ProfilesHarness } from './harness.js';

let harness: ProfilesHarness;
beforeAll(async () => {
  harness = await ProfilesHarness.start();
});
afterAll(() => harness.stop());

const held = async (id: string) =>
  (await heldFacts(profiles, { mongoUri: harness.service.database.uri }))
    .filter(({ subject }) => subject === id)
    .map(({ contract: { type }, sequence, data }) => ({ type, sequence, data }));
const told = async (id: string, atLeast: number) => {
  const { type, sequence, data } = (await harness.about(id, atLeast)).at(-1)!;
  return { type, sequence, data };
};

describe('what profiles tells again', () => {
  it('is who each patient is', async () => {
    const patient = newPatient();
    await harness.call('PUT', '/patients/me', patient, { firstName: 'Amina', lastName: 'Gharbi' });
    expect(await held(patient.id)).toEqual([await told(patient.id, 1)]);
  });

  it('is what was told of a doctor last, under the number that it was told with', async () => {
    const doctor = await harness.publish();
    expect(await held(doctor.id)).toEqual([await told(doctor.id, 1)]);
    await harness.call('POST', `/admin/doctors/${doctor.id}/refuse`, admin, { reason: 'Diplôme contesté' });
    const refused = await told(doctor.id, 2);
    // Changes the profile, and nobody is told.
    await harness.call('PUT', '/doctors/me', doctor, { ...completeProfile, biography: 'Autre' });
    expect(await held(doctor.id)).toEqual([refused]);
    expect(refused.type).toBe('profiles.doctor-suspended.v1');
  });

  it('is nothing of a doctor of whom nobody was told', async () => {
    const doctor = newDoctor();
    await harness.call('PUT', '/doctors/me', doctor, completeProfile);
    expect(await held(doctor.id)).toEqual([]);
  });
});
