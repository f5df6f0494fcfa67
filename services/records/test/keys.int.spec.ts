import { eventually } from '@medflow/testing';
import { internally, newDoctor, RecordsHarness } from './harness.js';

let harness: RecordsHarness;
beforeAll(async () => {
  harness = await RecordsHarness.start();
});
afterAll(() => harness.stop());

const verify = async (patientId: string) =>
  (await harness.call('POST', '/internal/records/access-log/verify', undefined, { patientId }, internally)).body;

describe('keys', () => {
  it('leave nothing readable in the database', async () => {
    const { doctor, patient } = await harness.inCare();
    await harness.entry(doctor, patient, { label: 'Motsecret', note: 'Notesecrete' });
    await harness.entry(doctor, patient, {
      kind: 'prescription',
      severity: undefined,
      label: 'Ordonnance',
      items: [{ label: 'Molecule secrete', dose: '1', frequency: '1', days: 3 }],
    });
    const other = newDoctor();
    await harness.practising(other);
    await harness.call('POST', `/patients/${patient.id}/record/emergency-access`, other, {
      reason: 'Raisonsecrete donnée',
    });
    await harness.call(
      'POST',
      `/patients/${patient.id}/record/entries`,
      doctor,
      { kind: 'note', label: 'Motsecret' },
      { 'idempotency-key': 'planted' },
    );
    const collections = await harness.database.listCollections().toArray();
    expect(collections.length).toBeGreaterThan(5);
    for (const { name } of collections) {
      for await (const document of harness.database.collection(name).find())
        expect(
          Buffer.from(
            JSON.stringify(document, (_, value) =>
              value?._bsontype === 'Binary' ? Buffer.from(value.value()).toString('latin1') : value,
            ),
          ).toString(),
        ).not.toMatch(/secret/i);
    }
  });

  it('destroyed, make a record unreadable for ever and leave its log whole', async () => {
    const { doctor, patient } = await harness.inCare();
    await harness.entry(doctor, patient);
    const erase = () =>
      harness.call('POST', `/internal/records/patients/${patient.id}/erase`, undefined, {}, internally);
    const { body } = await erase();
    expect(body).toEqual({ patientId: patient.id, destroyedAt: expect.any(String) });
    expect((await erase()).body).toEqual(body);
    await eventually(async () => (await harness.call('GET', '/patients/me/record', patient)).status === 404);
    const write = await harness.call('POST', `/patients/${patient.id}/record/entries`, doctor, {
      kind: 'note',
      label: 'x',
    });
    expect(write.status).toBe(404);
    expect((await verify(patient.id)).broken).toEqual([]);
  });

  it('are wrapped anew while reads go on', async () => {
    const { doctor, patient } = await harness.inCare();
    await harness.entry(doctor, patient);
    const before = await harness.collection('data_keys').findOne({ _id: patient.id });
    const replica = await harness.replica({ KEY_ENCRYPTION_KEY: 'a new master key of the operator long enough' });
    const authorization = `Bearer ${await harness.service.identity.token(patient)}`;
    const read = async () => {
      const answer = await fetch(`${replica.url}/patients/me/record`, { headers: { authorization } });
      return [answer.status, ((await answer.json()) as { items: unknown[] }).items?.length];
    };
    let isOver = false;
    const reading = (async () => {
      const answers = new Set<string>();
      while (!isOver) answers.add(String(await read()));
      return [...answers];
    })();
    const rewrap = async () =>
      (await fetch(`${replica.url}/internal/records/keys/rewrap`, { method: 'POST', headers: internally })).json();
    const { rewrapped } = (await rewrap()) as { rewrapped: number };
    expect(rewrapped).toBe(await harness.collection('data_keys').countDocuments({ wrapped: { $exists: true } }));
    expect(await rewrap()).toEqual({ rewrapped: 0 });
    isOver = true;
    expect(await reading).toEqual(['200,1']);
    const after = await harness.collection('data_keys').findOne({ _id: patient.id });
    expect(after!.masterKey).not.toBe(before!.masterKey);
    await replica.close();
    // What was taken away opens nothing: the others know only the key of before.
    await harness.service.restart();
    expect((await harness.call('GET', '/patients/me/record', patient)).status).toBe(500);
  });
});
