import { appointmentAcceptedV1 } from '@medflow/contracts';
import { type Answer, type Identified } from '@medflow/testing';
import { newDoctor, newPatient, RecordsHarness } from './harness.js';

let harness: RecordsHarness;
beforeAll(async () => {
  harness = await RecordsHarness.start();
});
afterAll(() => harness.stop());

const read = (as: Identified, patient: Identified, query = ''): Promise<Answer> =>
  harness.call('GET', `/patients/${patient.id}/record${query}`, as);

describe('who may open it', () => {
  it('is nobody without a token, no other patient, no administrator, and no doctor without a relation', async () => {
    const { doctor, patient } = await harness.inCare();
    const entry = await harness.entry(doctor, patient);
    const stranger = newDoctor();
    await harness.practising(stranger);
    const paths = ['', '/vitals?measure=weight', `/entries/${entry.id}`, `/entries/${entry.id}/versions`];
    for (const path of paths.map((rest) => `/patients/${patient.id}/record${rest}`)) {
      expect((await harness.call('GET', path)).status).toBe(401);
      expect((await harness.call('GET', path, { id: 'a', role: 'admin' })).status).toBe(403);
      expect((await harness.call('GET', path, newPatient())).status).toBe(404);
      expect((await harness.call('GET', path, stranger)).status).toBe(404);
    }
    const write = (as: Identified) =>
      harness.call('POST', `/patients/${patient.id}/record/entries`, as, { kind: 'note', label: 'x' });
    expect((await write(stranger)).status).toBe(404);
    expect((await write(patient)).status).toBe(403);
    expect((await harness.call('GET', '/patients/me/record', doctor)).status).toBe(404);
    expect((await read(patient, patient)).body.items).toHaveLength(1);
  });

  it('opens with an accepted appointment and not with one that is cancelled', async () => {
    const doctor = newDoctor();
    const patient = newPatient();
    await harness.practising(doctor);
    expect((await read(doctor, patient)).status).toBe(404);
    const visit = await harness.accepted(doctor, patient);
    expect((await read(doctor, patient)).status).toBe(200);
    await harness.cancelled(visit);
    // Told again, or late, it stays cancelled.
    await harness.deliver(appointmentAcceptedV1, visit.appointmentId, visit, { sequence: 2 });
    expect((await read(doctor, patient)).status).toBe(404);
  });

  it('closes twelve months after the last appointment', async () => {
    const doctor = newDoctor();
    const [recent, past] = [newPatient(), newPatient()];
    await harness.practising(doctor);
    await harness.accepted(doctor, recent, 360);
    await harness.accepted(doctor, past, 370);
    expect((await read(doctor, recent)).status).toBe(200);
    expect((await read(doctor, past)).status).toBe(404);
  });

  it('closes for a doctor who may see nobody any more', async () => {
    const { doctor, patient } = await harness.inCare();
    await harness.practising(doctor, false, 2);
    expect((await read(doctor, patient)).status).toBe(404);
  });

  it('never shows an entry of another patient', async () => {
    const { doctor, patient } = await harness.inCare();
    const entry = await harness.entry(doctor, patient);
    const other = newPatient();
    await harness.accepted(doctor, other);
    const path = `/patients/${other.id}/record/entries/${entry.id}`;
    expect((await harness.call('GET', path, doctor)).status).toBe(404);
    expect((await harness.call('GET', `${path}/versions`, doctor)).status).toBe(404);
    expect((await harness.call('POST', `${path}/withdraw`, doctor, { reason: 'r' })).status).toBe(404);
  });
});

describe('what leaves the service', () => {
  it('says that something was written, and nothing of what', async () => {
    const { doctor, patient } = await harness.inCare();
    const entry = await harness.entry(doctor, patient, { label: 'Secretissime' });
    const [event] = await harness.about(entry.id);
    expect(event!.data).toEqual({
      patientId: patient.id,
      entryId: entry.id,
      authorId: doctor.id,
      authorRole: 'doctor',
    });
    expect(JSON.stringify(event)).not.toMatch(/secretissime|allergy/i);
  });
});
