import type { Identified } from '@medflow/testing';
import { type Bundle, ExchangeHarness, resources } from './exchange-harness.js';
import { newPatient, type RecordsHarness } from './harness.js';

const FHIR = { 'content-type': 'application/fhir+json' };

let exchange: ExchangeHarness;
let harness: RecordsHarness;
beforeAll(async () => {
  exchange = await ExchangeHarness.start();
  harness = exchange.records;
});
afterAll(() => exchange.stop());

const logOf = (as: Identified) => exchange.logOf(as);

const exported = async (as: Identified): Promise<Bundle> =>
  (await harness.call('GET', '/patients/me/record/export', as)).body as Bundle;
const imported = (as: Identified | undefined, bundle: unknown, query = '', headers: Record<string, string> = FHIR) =>
  harness.call('POST', `/patients/me/record/import${query}`, as, bundle, headers);
const entries = async (as: Identified) => (await harness.call('GET', '/patients/me/record?limit=100', as)).body.items;

const foreign = (count = 1) => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    { resource: { resourceType: 'Patient', name: [{ text: 'Amira B.' }], birthDate: '1990-01-02' } },
    {
      resource: {
        resourceType: 'AllergyIntolerance',
        identifier: [{ system: 'urn:oid:9', value: 'a' }],
        code: { text: 'Latex' },
      },
      request: { method: 'DELETE', url: 'Patient/1' },
    },
    ...Array.from({ length: count }, (_, n) => ({
      resource: { resourceType: 'Procedure', id: `p${n}`, status: 'completed', code: { text: `Intervention ${n}` } },
    })),
  ],
});

describe('the export of a record', () => {
  it('is a summary in FHIR, with what profiles know of the patient', async () => {
    const { doctor, patient } = await harness.inCare();
    exchange.profileOf.set(patient.id, { birthDate: '1984-05-17', gender: 'female', bloodGroup: 'O+', phone: null });
    await harness.entry(doctor, patient, { label: 'Pénicilline' });
    const answer = await harness.call('GET', '/patients/me/record/export?format=fhir', patient);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('application/fhir+json');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="medflow-\d{4}-\d\d-\d\d\.json"$/);
    const bundle = answer.body as Bundle;
    expect(bundle.entry[0]!.resource.resourceType).toBe('Composition');
    expect(resources(bundle, 'Patient')[0]).toMatchObject({ birthDate: '1984-05-17', gender: 'female' });
    expect(resources(bundle, 'AllergyIntolerance')[0]).toMatchObject({ code: { text: 'Pénicilline' } });
    expect(resources(bundle, 'Practitioner')[0]).toMatchObject({ name: [{ text: 'Karim Trabelsi' }] });
    expect((await logOf(patient)).filter(({ action }) => action === 'export-record')).toHaveLength(1);
  });

  it('is a PDF for people', async () => {
    const { doctor, patient } = await harness.inCare();
    await harness.entry(doctor, patient);
    const url = `${harness.service.url}/patients/me/record/export?format=pdf`;
    const authorization = `Bearer ${await harness.service.identity.token(patient)}`;
    const response = await fetch(url, { headers: { authorization } });
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });

  it('says that a birth date is unknown where there is no profile, and nothing at all while profiles cannot be asked', async () => {
    const patient = newPatient();
    await harness.registered(patient);
    expect(resources(await exported(patient), 'Patient')[0]).toHaveProperty('_birthDate');
    exchange.profileOf.set(patient.id, 500);
    expect((await harness.call('GET', '/patients/me/record/export', patient)).status).toBe(503);
  });

  it('is the patient’s own', async () => {
    const { doctor } = await harness.inCare();
    for (const path of ['export', 'links'])
      expect((await harness.call('GET', `/patients/me/record/${path}`, doctor)).status).toBe(403);
    expect((await imported(doctor, foreign())).status).toBe(403);
    expect((await imported(undefined, foreign())).status).toBe(401);
    expect((await harness.call('GET', '/patients/me/record/export?format=xml', newPatient())).status).toBe(422);
  });
});

describe('the import of a Bundle', () => {
  it('says first what would come in, and changes nothing', async () => {
    const patient = newPatient();
    const { status, body } = await imported(patient, foreign(), '?dryRun=true');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      dryRun: true,
      source: 'Source inconnue',
      patient: { name: 'Amira B.', birthDate: '1990-01-02' },
      counts: { new: 2, known: 0, skipped: 0 },
    });
    expect(body.items[0]).toMatchObject({ status: 'new', entry: { kind: 'allergy', label: 'Latex' } });
    expect(body.items[1]).toMatchObject({ keepsOriginal: true, entry: { kind: 'note', label: 'Intervention 0' } });
    expect(await logOf(patient)).toEqual([]);
    expect(await entries(patient)).toEqual([]);
  });

  it('writes entries that say where they come from, and executes nothing', async () => {
    const patient = newPatient();
    const { body } = await imported(patient, foreign());
    expect(body).toMatchObject({ dryRun: false, counts: { new: 2, known: 0, skipped: 0 } });
    const written = await entries(patient);
    expect(written.map(({ label }: { label: string }) => label).sort()).toEqual(['Intervention 0', 'Latex']);
    for (const entry of written) {
      expect(entry.author).toMatchObject({ id: patient.id, role: 'patient' });
      expect(entry.provenance).toMatchObject({ source: 'Source inconnue', importedAt: expect.any(String) });
    }
    expect((await logOf(patient)).map(({ action }) => action)).toContain('import-record');
  });

  it('knows what it has imported before, from plain JSON as well', async () => {
    const patient = newPatient();
    await imported(patient, foreign());
    const again = await imported(patient, foreign(), '', { 'content-type': 'application/json' });
    expect(again.body.counts).toEqual({ new: 0, known: 2, skipped: 0 });
    expect((await imported(patient, foreign(2))).body.counts).toEqual({ new: 1, known: 2, skipped: 0 });
    expect(await entries(patient)).toHaveLength(3);
    expect((await imported(newPatient(), foreign())).body.counts.new).toBe(2);
  });

  it('writes the same once, however often it is sent at the same time', async () => {
    const patient = newPatient();
    const answers = await Promise.all(Array.from({ length: 4 }, () => imported(patient, foreign(3))));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await entries(patient)).toHaveLength(4);
  });

  it('takes more than a batch', async () => {
    const patient = newPatient();
    expect((await imported(patient, foreign(130))).body.counts.new).toBe(131);
    expect((await imported(patient, foreign(130))).body.counts).toEqual({ new: 0, known: 131, skipped: 0 });
  }, 60_000);

  it('of one’s own export adds nothing', async () => {
    const { doctor, patient } = await harness.inCare();
    exchange.profileOf.set(patient.id, { birthDate: '1984-05-17', gender: null, bloodGroup: 'O+', phone: null });
    const items = [{ label: 'Paracétamol', dose: '1 g', frequency: '3 fois par jour', days: 5 }];
    await harness.entry(doctor, patient);
    await harness.entry(doctor, patient, { kind: 'prescription', severity: undefined, label: 'Ordonnance', items });
    const own = await exported(patient);
    expect((await imported(patient, own)).body.counts).toMatchObject({ new: 0, known: 3 });
    expect(await entries(patient)).toHaveLength(2);
  });

  it('of an export from elsewhere keeps all of it, and whose word it is', async () => {
    const { doctor, patient } = await harness.inCare();
    await harness.entry(doctor, patient, { label: 'Pénicilline', note: 'Œdème' });
    const elsewhere = newPatient();
    await imported(elsewhere, await exported(patient));
    const [entry] = await entries(elsewhere);
    expect(entry).toMatchObject({ kind: 'allergy', label: 'Pénicilline', note: 'Œdème', severity: 'severe' });
    expect(entry.provenance.source).toBe('Karim Trabelsi, MedFlow');
  });

  it.each([
    ['no JSON', '{"resourceType":', 400],
    ['too deep', `{"resourceType":"Bundle","entry":${'['.repeat(50)}${']'.repeat(50)}}`, 400],
    ['a prototype', '{"__proto__":{"a":1},"resourceType":"Bundle"}', 400],
    ['more than 5 MB', JSON.stringify({ ...foreign(), padding: 'x'.repeat(5 * 1024 * 1024) }), 413],
    ['no Bundle', '{"resourceType":"Patient"}', 422],
    ['nothing', '', 422],
    ['too many entries', JSON.stringify({ resourceType: 'Bundle', entry: Array(5_001).fill({}) }), 422],
  ])('is refused whole: %s', async (_, body, expected) => {
    const patient = newPatient();
    const answer = await imported(patient, body);
    expect([answer.status, answer.body.code !== undefined]).toEqual([expected, true]);
    expect(await entries(patient)).toEqual([]);
  });

  it('refuses other media, and FHIR where it is not asked for', async () => {
    const patient = newPatient();
    expect((await imported(patient, '<Bundle/>', '', { 'content-type': 'application/fhir+xml' })).status).toBe(415);
    expect((await harness.call('POST', '/patients/me/record/links', patient, {}, FHIR)).status).toBe(415);
  });
});
