import { type Identified } from '@medflow/testing';
import { admin, internally, newDoctor, newPatient, RecordsHarness } from './harness.js';

let harness: RecordsHarness;
beforeAll(async () => {
  harness = await RecordsHarness.start();
});
afterAll(() => harness.stop());

const log = async (patient: Identified, query = '') =>
  (await harness.call('GET', `/patients/me/record/access-log${query}`, patient)).body;
const verify = async (patientId: string) =>
  (await harness.call('POST', '/internal/records/access-log/verify', undefined, { patientId }, internally)).body;

describe('the access log', () => {
  it('says who did what, when and why, the last first', async () => {
    const { doctor, patient } = await harness.inCare();
    const entry = await harness.entry(doctor, patient);
    await harness.call('GET', '/patients/me/record', patient);
    await harness.call('GET', `/patients/${patient.id}/record/entries/${entry.id}`, doctor);
    const { items } = await log(patient);
    expect(
      items.map(({ line, actor, role, action, purpose, subjectId }: never) => [
        line,
        (actor as Identified).id,
        role,
        action,
        purpose,
        subjectId,
      ]),
    ).toEqual([
      [3, doctor.id, 'doctor', 'read-entry', 'care', entry.id],
      [2, patient.id, 'patient', 'read-record', 'own', undefined],
      [1, doctor.id, 'doctor', 'write-entry', 'care', entry.id],
    ]);
    expect((await harness.call('GET', `/patients/${patient.id}/record/access-log`, doctor)).status).toBe(403);
  });

  it('has no line for what was refused', async () => {
    const { patient } = await harness.inCare();
    const stranger = newDoctor();
    await harness.practising(stranger);
    await harness.call('GET', `/patients/${patient.id}/record`, stranger);
    expect((await log(patient)).items).toEqual([]);
  });

  it('is read page by page', async () => {
    const { doctor, patient } = await harness.inCare();
    for (let n = 0; n < 5; n += 1) await harness.call('GET', `/patients/${patient.id}/record`, doctor);
    const first = await log(patient, '?limit=3');
    expect(first.items.map(({ line }: { line: number }) => line)).toEqual([5, 4, 3]);
    const second = await log(patient, `?limit=3&cursor=${first.nextCursor}`);
    expect([second.items.map(({ line }: { line: number }) => line), second.nextCursor]).toEqual([[2, 1], null]);
  });

  it('keeps one chain however many read at once', async () => {
    const { doctor, patient } = await harness.inCare();
    const reads = Array.from({ length: 20 }, () => harness.call('GET', `/patients/${patient.id}/record`, doctor));
    for (const { status } of await Promise.all(reads)) expect(status).toBe(200);
    expect(await verify(patient.id)).toEqual({ patients: 1, lines: 20, broken: [] });
  });

  it.each([
    [
      'changed',
      2,
      (id: string) => harness.collection('access_log').updateOne({ _id: `${id}|2` }, { $set: { actorId: 'me' } }),
    ],
    ['missing', 2, (id: string) => harness.collection('access_log').deleteOne({ _id: `${id}|2` })],
    ['cut-off', 3, (id: string) => harness.collection('access_log').deleteOne({ _id: `${id}|3` })],
    ['changed', 3, (id: string) => harness.collection('records').updateOne({ _id: id }, { $set: { lastHash: 'x' } })],
  ])('names the first link that is %s', async (why, line, tamper) => {
    const { doctor, patient } = await harness.inCare();
    for (let n = 0; n < 3; n += 1) await harness.call('GET', `/patients/${patient.id}/record`, doctor);
    await tamper(patient.id);
    expect((await verify(patient.id)).broken).toEqual([{ patientId: patient.id, line, why }]);
  });

  it('is verified by command alone', async () => {
    const path = '/internal/records/access-log/verify';
    expect((await harness.call('POST', path, admin, {})).status).toBe(401);
    expect((await harness.call('POST', path, undefined, {})).status).toBe(401);
  });
});

describe('emergency access', () => {
  const reason = 'Patient inconscient aux urgences de Sousse';
  const open = (doctor: Identified, patient: Identified, body: object = { reason }) =>
    harness.call('POST', `/patients/${patient.id}/record/emergency-access`, doctor, body);

  async function stranger(): Promise<Identified> {
    const doctor = newDoctor();
    await harness.practising(doctor);
    return doctor;
  }

  it('opens the record to be read for four hours, and tells so', async () => {
    const { doctor, patient } = await harness.inCare();
    await harness.entry(doctor, patient);
    const other = await stranger();
    const { status, body } = await open(other, patient);
    expect(status).toBe(201);
    expect(Date.parse(body.until) - Date.parse(body.openedAt)).toBe(4 * 3_600_000);
    const read = await harness.call('GET', `/patients/${patient.id}/record`, other);
    expect([read.status, read.body.items.length]).toEqual([200, 1]);
    const write = await harness.call('POST', `/patients/${patient.id}/record/entries`, other, {
      kind: 'note',
      label: 'x',
    });
    expect(write.status).toBe(404);
    const [event] = await harness.about(body.id);
    expect(event!.data).toEqual({ accessId: body.id, patientId: patient.id, doctorId: other.id, until: body.until });
    const { items } = await log(patient);
    expect(items.slice(0, 2).map(({ action, purpose, reason: why }: never) => [action, purpose, why])).toEqual([
      ['read-record', 'emergency', undefined],
      ['open-emergency', 'emergency', reason],
    ]);
    expect((await open(other, patient)).body.id).toBe(body.id);
  });

  it('ends by itself', async () => {
    const { patient } = await harness.inCare();
    const other = await stranger();
    const { body, status } = await open(other, patient);
    expect(status).toBe(201);
    await harness.collection('emergency_accesses').updateOne({ _id: body.id }, { $set: { until: new Date() } });
    expect((await harness.call('GET', `/patients/${patient.id}/record`, other)).status).toBe(404);
  });

  it('asks for a reason, a doctor who may practise, a patient who exists, and no care relation', async () => {
    const { doctor, patient } = await harness.inCare();
    const other = await stranger();
    for (const body of [{}, { reason: 'court' }])
      expect((await open(other, patient, body)).body.errors[0].field).toBe('reason');
    expect((await open(doctor, patient)).body.code).toBe('already-in-care');
    expect((await open(newDoctor(), patient)).body.code).toBe('not-practising');
    expect((await open(other, newPatient())).status).toBe(404);
    expect((await open(patient, patient)).status).toBe(403);
    expect((await open(admin, patient)).status).toBe(403);
  });

  it('waits for an administrator, who judges it once and reads nothing else', async () => {
    const { patient } = await harness.inCare();
    const other = await stranger();
    const { body } = await open(other, patient);
    const pending = await harness.call('GET', '/admin/emergency-accesses?limit=100', admin);
    expect(pending.body.items.find(({ id }: { id: string }) => id === body.id)).toMatchObject({
      reason,
      patient: { id: patient.id },
      doctor: { id: other.id },
    });
    const review = () =>
      harness.call('POST', `/admin/emergency-accesses/${body.id}/review`, admin, {
        verdict: 'justified',
        comment: 'Vu',
      });
    const judged = await review();
    expect([judged.status, judged.body.verdict, judged.body.comment]).toEqual([200, 'justified', 'Vu']);
    expect((await review()).body.code).toBe('already-reviewed');
    const reviewed = await harness.call('GET', '/admin/emergency-accesses?state=reviewed&limit=100', admin);
    expect(reviewed.body.items.map(({ id }: { id: string }) => id)).toContain(body.id);
    for (const as of [other, patient])
      expect((await harness.call('GET', '/admin/emergency-accesses', as)).status).toBe(403);
    expect((await harness.call('GET', `/patients/${patient.id}/record`, admin)).status).toBe(403);
  });
});
