import { accountRegisteredV1 } from '@medflow/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { admin, completeProfile, newDoctor, newPatient, ProfilesHarness } from './harness.js';

let harness: ProfilesHarness;
beforeAll(async () => {
  harness = await ProfilesHarness.start();
});
afterAll(() => harness.stop());

const completePatient = { birthDate: '1990-04-12', gender: 'female', phone: '+216 20 123 456' };

describe('a patient’s profile', () => {
  it('is there at the first look, made of the token’s names, and says what lacks', async () => {
    const patient = newPatient();
    const { status, body, headers } = await harness.call('GET', '/patients/me', patient);
    expect(status).toBe(200);
    expect(headers.get('etag')).toBe('"1"');
    expect(body).toMatchObject({
      id: patient.id,
      firstName: 'Amina',
      lastName: 'Ben Salah',
      version: 1,
      photo: null,
    });
    expect(body).toMatchObject({
      preferredLanguage: 'fr',
      timeZone: 'Africa/Tunis',
      missing: ['birthDate', 'gender', 'phone'],
    });
  });

  it('is replaced by PUT: phones stored as E.164, absent fields cleared, absent names kept', async () => {
    const patient = newPatient();
    const contact = { name: 'Ali', phone: '0033 6 12 34 56 78', relation: 'frère' };
    const first = await harness.call('PUT', '/patients/me', patient, {
      ...completePatient,
      address: 'Sfax',
      emergencyContact: contact,
    });
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({
      phone: '+21620123456',
      missing: [],
      emergencyContact: { phone: '+33612345678' },
      version: 1,
    });
    const second = await harness.call('PUT', '/patients/me', patient, {
      ...completePatient,
      phone: null,
      lastName: 'Gharbi',
    });
    expect(second.body).toMatchObject({
      firstName: 'Amina',
      lastName: 'Gharbi',
      phone: null,
      address: null,
      missing: ['phone'],
      version: 2,
    });
  });

  it.each([
    [{ birthDate: '2990-01-01' }, 'birthDate', 'date-in-future'],
    [{ birthDate: '1850-01-01' }, 'birthDate', 'too-small'],
    [{ birthDate: '2024-02-30' }, 'birthDate', 'invalid-date'],
    [{ phone: '12345' }, 'phone', 'invalid'],
    [{ phone: '+0000000000' }, 'phone', 'invalid-phone'],
    [{ emergencyContact: { name: 'Ali', phone: '+00000000' } }, 'emergencyContact.phone', 'invalid-phone'],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone', 'invalid-time-zone'],
    [{ bloodGroup: 'Z+' }, 'bloodGroup', 'not-a-choice'],
    [{ role: 'admin' }, 'role', 'unknown-field'],
    [{ firstName: '\u200b' }, 'firstName', 'invalid-name'],
    [{ lastName: 'Salah \u202eneB' }, 'lastName', 'invalid-name'],
    [{ emergencyContact: { name: '\u2060', phone: '+21620123456' } }, 'emergencyContact.name', 'invalid-name'],
  ])('refuses %j', async (body, field, code) => {
    const answer = await harness.call('PUT', '/patients/me', newPatient(), body, { 'accept-language': 'en' });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([expect.objectContaining({ field, code })]);
    expect(answer.body.errors[0].message).not.toBe(code);
  });

  it.each([[undefined], [''], [null], [[]], ['"text"']])('is not wiped by a PUT without a body: %j', async (body) => {
    const patient = newPatient();
    await harness.call('PUT', '/patients/me', patient, completePatient);
    const answer = await harness.call('PUT', '/patients/me', patient, body);
    expect([answer.status, answer.body.errors[0].field]).toEqual([422, 'body']);
    expect((await harness.call('GET', '/patients/me', patient)).body).toMatchObject({
      ...completePatient,
      version: 1,
      phone: '+21620123456',
    });
  });

  it('keeps names in one spelling', async () => {
    const names = { firstName: ' Le\u0308ila ', lastName: 'Ben\u00a0 Salah' };
    const { body } = await harness.call('PUT', '/patients/me', newPatient(), { ...completePatient, ...names });
    expect(body).toMatchObject({ firstName: 'L\u00ebila', lastName: 'Ben Salah' });
  });

  it('refuses a version that is not the present one, and honours the one that is', async () => {
    const patient = newPatient();
    await harness.call('GET', '/patients/me', patient);
    const stale = await harness.call('PUT', '/patients/me', patient, completePatient, { 'if-match': '"7"' });
    expect([stale.status, stale.body.code]).toEqual([412, 'version-mismatch']);
    const fresh = await harness.call('PUT', '/patients/me', patient, completePatient, { 'if-match': '"1"' });
    expect([fresh.status, fresh.headers.get('etag')]).toEqual([200, '"2"']);
  });

  it('lets one of ten writers win who all insist on the same version', async () => {
    const patient = newPatient();
    await harness.call('GET', '/patients/me', patient);
    const writers = Array.from({ length: 10 }, (_, n) =>
      harness.call('PUT', '/patients/me', patient, { ...completePatient, address: `Rue ${n}` }, { 'if-match': '"1"' }),
    );
    const statuses = (await Promise.all(writers)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array<number>(9).fill(412)]);
  });

  it('gives every one of ten concurrent writers without If-Match a version and an event of its own', async () => {
    const patient = newPatient();
    const writers = Array.from({ length: 10 }, (_, n) =>
      harness.call('PUT', '/patients/me', patient, { ...completePatient, address: `Rue ${n}` }),
    );
    const answers = await Promise.all(writers);
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    const versions = Array.from({ length: 10 }, (_, n) => n + 1);
    expect(answers.map(({ body }) => body.version).sort((a, b) => a - b)).toEqual(versions);
    const events = await harness.about(patient.id, 10);
    expect(events.map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(versions);
  });

  it('tells of every change, names and language only', async () => {
    const patient = newPatient();
    await harness.call('GET', '/patients/me', patient);
    await harness.call('PUT', '/patients/me', patient, {
      ...completePatient,
      firstName: 'Mouna',
      preferredLanguage: 'ar',
    });
    const [opened, changed] = await harness.about(patient.id, 2);
    expect(opened).toMatchObject({ type: 'profiles.patient-profile-updated.v1', sequence: 1 });
    expect(changed).toMatchObject({ type: 'profiles.patient-profile-updated.v1', sequence: 2 });
    expect(changed!.data).toEqual({
      patientId: patient.id,
      firstName: 'Mouna',
      lastName: 'Ben Salah',
      preferredLanguage: 'ar',
      timeZone: 'Africa/Tunis',
    });
  });

  it('is opened once when many ask at the same time', async () => {
    const patient = newPatient();
    const answers = await Promise.all(Array.from({ length: 8 }, () => harness.call('GET', '/patients/me', patient)));
    expect(answers.map(({ status, body }) => [status, body.version])).toEqual(Array(8).fill([200, 1]));
    expect(await harness.about(patient.id, 1)).toHaveLength(1);
  });
});

describe('identity’s word on a new account', () => {
  const registered = (id: string, role: 'patient' | 'doctor' | 'admin') =>
    ({ accountId: id, role, firstName: 'Salma', lastName: 'Jaziri', locale: 'ar' }) as const;
  /** Resolves when it is handled. */
  const deliver = (id: string, role: 'patient' | 'doctor' | 'admin', eventId?: string) =>
    harness.deliver(accountRegisteredV1, id, 1, registered(id, role), eventId);

  it('opens the profile before its owner looks, once though it is delivered twice', async () => {
    const patient = newPatient();
    const eventId = crypto.randomUUID();
    await deliver(patient.id, 'patient', eventId);
    await harness.about(patient.id, 1);
    await deliver(patient.id, 'patient', eventId);
    const { body } = await harness.call('GET', '/patients/me', patient);
    expect(body).toMatchObject({ firstName: 'Salma', preferredLanguage: 'ar', version: 1 });
    expect(await harness.about(patient.id, 1)).toHaveLength(1);
  });

  it('overwrites nothing when it comes late', async () => {
    const [patient, doctor] = [newPatient(), newDoctor()];
    await harness.call('PUT', '/patients/me', patient, { ...completePatient, firstName: 'Mouna' });
    await harness.call('PUT', '/doctors/me', doctor, { city: 'Sousse' });
    await Promise.all([deliver(patient.id, 'patient'), deliver(doctor.id, 'doctor')]);
    expect((await harness.call('GET', '/patients/me', patient)).body).toMatchObject({
      firstName: 'Mouna',
      phone: '+21620123456',
      version: 1,
    });
    expect((await harness.call('GET', '/doctors/me', doctor)).body).toMatchObject({
      firstName: 'Karim',
      city: 'Sousse',
      version: 1,
    });
  });

  it('opens no profile for an administrator', async () => {
    await deliver('admin-9', 'admin');
    const database = harness.service.database.client.db();
    expect(await database.collection('patients').countDocuments({ _id: 'admin-9' as never })).toBe(0);
    expect(await database.collection('doctors').countDocuments({ _id: 'admin-9' as never })).toBe(0);
  });
});

describe('roles', () => {
  const calls: [method: string, path: string, allowed: string[], body: object | undefined][] = [
    ['GET', '/patients/me', ['patient'], undefined],
    ['PUT', '/patients/me', ['patient'], {}],
    ['GET', '/doctors/me', ['doctor'], undefined],
    ['PUT', '/doctors/me', ['doctor'], {}],
    ['GET', '/admin/doctors', ['admin'], undefined],
    ['POST', '/admin/doctors/nobody/verify', ['admin'], undefined],
    ['POST', '/admin/doctors/nobody/refuse', ['admin'], { reason: 'Illisible' }],
    ['GET', '/doctors', ['nobody', 'patient', 'doctor', 'admin'], undefined],
    ['GET', '/doctors/nobody', ['nobody', 'patient', 'doctor', 'admin'], undefined],
  ];

  it.each(calls)('%s %s is for %j', async (method, path, allowed, body) => {
    const callers = { nobody: undefined, patient: newPatient(), doctor: newDoctor(), admin };
    for (const [role, as] of Object.entries(callers)) {
      const { status } = await harness.call(method, path, as, body);
      if (allowed.includes(role)) expect([200, 404]).toContain(status);
      else expect([role, status]).toEqual([role, as ? 403 : 401]);
    }
  });
});

describe('a doctor’s profile', () => {
  it('accepts an incomplete one and names what lacks, one by one', async () => {
    const { status, body } = await harness.call('PUT', '/doctors/me', newDoctor(), {
      city: 'Gabès',
      specializations: [],
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ verification: 'unsubmitted', published: false, city: 'Gabès', gender: null });
    expect(body.missing).toEqual([
      'gender',
      'biography',
      'specializations',
      'languages',
      'licenceNumber',
      'consultationPrice',
    ]);
  });

  it.each([
    [{ specializations: ['astrology'] }, 'specializations', 'not-a-choice'],
    [
      { specializations: ['cardiology', 'neurology', 'urology', 'dentistry', 'radiology', 'nutrition'] },
      'specializations',
      'too-many',
    ],
    [{ biography: 'x'.repeat(4001) }, 'biography', 'too-long'],
    [{ qualifications: Array.from({ length: 21 }, (_, n) => `Diplôme ${n}`) }, 'qualifications', 'too-many'],
    [{ experience: ['x'.repeat(201)] }, 'experience', 'too-long'],
    [{ licenceNumber: '<script>' }, 'licenceNumber', 'invalid'],
    [{ consultationPrice: { amount: -1, currency: 'TND' } }, 'consultationPrice.amount', 'too-small'],
    [{ consultationPrice: { amount: 1.5, currency: 'TND' } }, 'consultationPrice.amount', 'invalid'],
    [{ consultationPrice: { amount: 12_345, currency: 'TND' } }, 'consultationPrice.amount', 'not-a-multiple'],
    [{ consultationPrice: { amount: 49, currency: 'EUR' } }, 'consultationPrice.amount', 'too-small'],
    [{ consultationPrice: { amount: 100_000_000, currency: 'TND' } }, 'consultationPrice.amount', 'too-large'],
    [{ consultationPrice: { amount: 1 } }, 'consultationPrice.currency', 'required'],
    [{ verification: 'verified' }, 'verification', 'unknown-field'],
    [{ firstName: '\u3164' }, 'firstName', 'invalid-name'],
  ])('refuses %#', async (body, field, code) => {
    const answer = await harness.call('PUT', '/doctors/me', newDoctor(), body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([expect.objectContaining({ field, code })]);
  });

  it('keeps a complete one to itself until the licence is verified', async () => {
    const doctor = newDoctor();
    const { body } = await harness.call('PUT', '/doctors/me', doctor, completeProfile);
    expect(body).toMatchObject({ verification: 'pending', published: false, missing: [] });
    expect((await harness.call('GET', `/doctors/${doctor.id}`)).status).toBe(404);
  });
});
