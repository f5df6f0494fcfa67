import { accountReinstatedV1, accountSuspendedV1 } from '@medflow/contracts';
import { encodeCursor } from '@medflow/service-kit';
import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { admin, completeProfile, newDoctor, newPatient, ProfilesHarness } from './harness.js';

let harness: ProfilesHarness;
beforeAll(async () => {
  harness = await ProfilesHarness.start();
});
afterAll(() => harness.stop());

const verify = (id: string) => harness.call('POST', `/admin/doctors/${id}/verify`, admin);
const refuse = (id: string, reason: unknown = 'Numéro inconnu de l’Ordre') =>
  harness.call('POST', `/admin/doctors/${id}/refuse`, admin, { reason });
const shown = async (id: string) => (await harness.call('GET', `/doctors/${id}`)).status;
const types = async (id: string, atLeast: number) =>
  (await harness.about(id, atLeast)).map(({ type, sequence }) => [type.split('.')[1], sequence]);

describe('licence verification', () => {
  it('publishes a complete doctor, tells of it and shows nothing private', async () => {
    const doctor = newDoctor();
    await harness.call('PUT', '/doctors/me', doctor, completeProfile);
    const answer = await verify(doctor.id);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ verification: 'verified', published: true, version: 2 });
    const [event] = await harness.about(doctor.id, 1);
    expect(event).toMatchObject({ type: 'profiles.doctor-published.v1', sequence: 2 });
    expect(event!.data).toEqual({
      doctorId: doctor.id,
      firstName: 'Karim',
      lastName: 'Trabelsi',
      specializations: ['cardiology'],
      city: 'Tunis',
      timeZone: 'Africa/Tunis',
    });
    const { body } = await harness.call('GET', `/doctors/${doctor.id}`);
    expect(body).toEqual({
      id: doctor.id,
      firstName: 'Karim',
      lastName: 'Trabelsi',
      specializations: ['cardiology'],
      city: 'Tunis',
      languages: ['ar', 'fr'],
      price: { amount: 60000, currency: 'TND' },
      rating: { average: null, count: 0 },
      nextAvailableAt: null,
      photo: null,
      gender: 'male',
      biography: 'Cardiologue depuis vingt ans.',
      qualifications: ['Faculté de médecine de Tunis'],
      experience: ['Hôpital Charles Nicolle'],
      address: '1, avenue Habib Bourguiba',
      timeZone: 'Africa/Tunis',
      modes: [],
    });
  });

  it('verifies twice with one effect', async () => {
    const doctor = await harness.publish();
    const again = await verify(doctor.id);
    expect([again.status, again.body.version]).toEqual([200, 2]);
    expect(await types(doctor.id, 1)).toEqual([['doctor-published', 2]]);
  });

  it('publishes a verified doctor once nothing lacks any more', async () => {
    const doctor = newDoctor();
    await harness.call('PUT', '/doctors/me', doctor, { ...completeProfile, biography: null });
    expect((await verify(doctor.id)).body).toMatchObject({
      verification: 'verified',
      published: false,
      missing: ['biography'],
    });
    expect(await shown(doctor.id)).toBe(404);
    await harness.call('PUT', '/doctors/me', doctor, completeProfile);
    expect(await shown(doctor.id)).toBe(200);
    // That they may see patients is told, though they are not in the directory yet.
    expect(await types(doctor.id, 2)).toEqual([
      ['doctor-suspended', 2],
      ['doctor-published', 3],
    ]);
  });

  it('tells of what the directory shows anew, and only of that', async () => {
    const doctor = await harness.publish();
    await harness.call('PUT', '/doctors/me', doctor, completeProfile);
    await harness.call('PUT', '/doctors/me', doctor, { ...completeProfile, city: 'Sousse' });
    expect(await types(doctor.id, 2)).toEqual([
      ['doctor-published', 2],
      ['doctor-published', 4],
    ]);
    expect((await harness.call('GET', `/doctors/${doctor.id}`)).body.city).toBe('Sousse');
  });

  it('takes a doctor out whose licence number changed, until it is verified again', async () => {
    const doctor = await harness.publish();
    const changed = await harness.call('PUT', '/doctors/me', doctor, { ...completeProfile, licenceNumber: 'TN-99999' });
    expect(changed.body).toMatchObject({ verification: 'pending', published: false });
    expect(await shown(doctor.id)).toBe(404);
    await verify(doctor.id);
    expect(await shown(doctor.id)).toBe(200);
    expect(await types(doctor.id, 3)).toEqual([
      ['doctor-published', 2],
      ['doctor-suspended', 3],
      ['doctor-published', 4],
    ]);
  });

  it('does not take another spelling of the number for another number', async () => {
    const doctor = await harness.publish();
    const { body } = await harness.call('PUT', '/doctors/me', doctor, {
      ...completeProfile,
      licenceNumber: 'tn 12345',
    });
    expect(body).toMatchObject({ verification: 'verified', published: true });
  });

  it('refuses with a reason that only the doctor and administrators read', async () => {
    const doctor = await harness.publish();
    expect((await refuse(doctor.id)).body).toMatchObject({ verification: 'refused', published: false });
    expect((await harness.call('GET', '/doctors/me', doctor)).body.verificationReason).toBe(
      'Numéro inconnu de l’Ordre',
    );
    expect(await shown(doctor.id)).toBe(404);
    expect(await types(doctor.id, 2)).toEqual([
      ['doctor-published', 2],
      ['doctor-suspended', 3],
    ]);
  });

  it('bars a doctor whose account is suspended, whatever the order and number of the words, until it is reinstated', async () => {
    const doctor = await harness.publish();
    const word = (contract: typeof accountSuspendedV1 | typeof accountReinstatedV1, sequence: number, id?: string) =>
      harness.deliver(contract, doctor.id, sequence, { accountId: doctor.id, role: 'doctor' }, id);
    await word(accountReinstatedV1, 3);
    await word(accountSuspendedV1, 2);
    expect(await shown(doctor.id)).toBe(200);
    const id = crypto.randomUUID();
    await word(accountSuspendedV1, 4, id);
    await word(accountSuspendedV1, 4, id);
    await eventually(async () => (await shown(doctor.id)) === 404);
    expect((await harness.call('GET', '/doctors/me', doctor)).body.published).toBe(false);
    expect((await harness.about(doctor.id, 2)).at(-1)!.data).toEqual({
      doctorId: doctor.id,
      reason: 'account-suspended',
    });
    // A verification meanwhile changes nothing.
    await harness.call('PUT', '/doctors/me', doctor, { ...completeProfile, licenceNumber: 'TN-777' });
    await verify(doctor.id);
    expect(await shown(doctor.id)).toBe(404);
    await word(accountReinstatedV1, 5);
    await eventually(async () => (await shown(doctor.id)) === 200);
    expect((await harness.about(doctor.id, 3)).map(({ type }) => type.split('.')[1])).toEqual([
      'doctor-published',
      'doctor-suspended',
      'doctor-published',
    ]);
  });

  it('suspends a doctor of whose registration nobody has told yet once that is told, and no patient', async () => {
    const [doctor, patient] = [newDoctor(), newPatient()];
    const suspended = { role: 'doctor' as const, accountId: doctor.id };
    const told = harness.deliver(accountSuspendedV1, doctor.id, 2, suspended);
    await harness.call('GET', '/doctors/me', doctor);
    await told;
    const doctors = harness.service.database.client.db().collection<{ _id: string }>('doctors');
    await eventually(() => doctors.findOne({ _id: doctor.id, accountSuspended: true }));
    await harness.deliver(accountSuspendedV1, patient.id, 2, { accountId: patient.id, role: 'patient' });
    await harness.call('PUT', '/doctors/me', doctor, completeProfile);
    const verified = await verify(doctor.id);
    expect(verified.body).toMatchObject({ verification: 'verified', published: false });
  });

  it.each([[null], [''], ['  '], ['x'.repeat(501)], [{ $ne: null }]])('demands a proper reason: %j', async (reason) => {
    const doctor = newDoctor();
    await harness.call('PUT', '/doctors/me', doctor, completeProfile);
    const { status, body } = await refuse(doctor.id, reason);
    expect(status).toBe(422);
    expect(body.errors[0].field).toBe('reason');
  });

  it('has nothing to decide before a licence number is given', async () => {
    const doctor = newDoctor();
    await harness.call('GET', '/doctors/me', doctor);
    for (const answer of [await verify(doctor.id), await refuse(doctor.id)]) {
      expect([answer.status, answer.body.code]).toEqual([409, 'licence-not-submitted']);
    }
    expect((await verify('nobody')).status).toBe(404);
  });

  it('decides once when two administrators decide at the same time', async () => {
    const doctor = newDoctor();
    await harness.call('PUT', '/doctors/me', doctor, completeProfile);
    const answers = await Promise.all(Array.from({ length: 6 }, () => verify(doctor.id)));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect(await types(doctor.id, 1)).toEqual([['doctor-published', 2]]);
  });

  it('lists who waits, longest first, page by page', async () => {
    const doctors: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      const doctor = newDoctor({ lastName: `Attente ${n}` });
      await harness.call('PUT', '/doctors/me', doctor, completeProfile);
      doctors.push(doctor.id);
    }
    const seen: { id: string; submittedAt: string; licenceNumber: string; missing: string[] }[] = [];
    let cursor = '';
    do {
      const { body } = await harness.call('GET', `/admin/doctors?limit=2${cursor && `&cursor=${cursor}`}`, admin);
      seen.push(...body.items);
      cursor = body.nextCursor ?? '';
    } while (cursor);
    const ids = seen.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => doctors.includes(id))).toEqual(doctors);
    expect(seen.map(({ submittedAt }) => submittedAt)).toEqual(seen.map(({ submittedAt }) => submittedAt).sort());
    expect(seen.at(-1)).toMatchObject({ licenceNumber: 'TN-12345', missing: [] });
    await verify(doctors[0]!);
    const { body } = await harness.call('GET', '/admin/doctors?verification=verified&limit=100', admin);
    expect(body.items.map(({ id }: { id: string }) => id)).toContain(doctors[0]);
  });

  it('refuses a state that does not exist and a cursor that is not its own', async () => {
    expect((await harness.call('GET', '/admin/doctors?verification=maybe', admin)).status).toBe(422);
    for (const cursor of ['abc', encodeCursor([1e300, 'id']), encodeCursor([null, 'id']), encodeCursor([1, 2])]) {
      expect((await harness.call('GET', `/admin/doctors?cursor=${cursor}`, admin)).status).toBe(422);
    }
  });
});
