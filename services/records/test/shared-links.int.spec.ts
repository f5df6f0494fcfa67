import type { Identified } from '@medflow/testing';
import { compactDecrypt } from 'jose';
import { type Bundle, ExchangeHarness, resources } from './exchange-harness.js';
import { newPatient, type RecordsHarness } from './harness.js';

let exchange: ExchangeHarness;
let harness: RecordsHarness;
beforeAll(async () => {
  exchange = await ExchangeHarness.start();
  harness = exchange.records;
});
afterAll(() => exchange.stop());

const logOf = (as: Identified) => exchange.logOf(as);

describe('a SMART Health Link', () => {
  const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
  const share = async (as: Identified, body: object = {}) => {
    const answer = await harness.call('POST', '/patients/me/record/links', as, { expiresAt: inAnHour(), ...body });
    const { url } = answer.body as { url: string };
    const payload = url && JSON.parse(Buffer.from(url.split('#shlink:/')[1]!, 'base64url').toString());
    return { ...answer, payload, path: payload && `/shl/${(payload.url as string).split('/').at(-1)}` };
  };
  const open = (path: string, body: object = {}) =>
    harness.call('POST', path, undefined, { recipient: 'Dr Elsewhere', ...body });
  const decrypted = async (jwe: string, key: string) => {
    const { plaintext, protectedHeader } = await compactDecrypt(jwe, Buffer.from(key, 'base64url'), {
      maxDecompressedLength: 10_000_000,
    } as never);
    return { header: protectedHeader, bundle: JSON.parse(new TextDecoder().decode(plaintext)) as Bundle };
  };

  it('opens the summary to whoever has it, without an account, and the patient sees it', async () => {
    const { doctor, patient } = await harness.inCare();
    await harness.entry(doctor, patient, { label: 'Pénicilline' });
    const { status, body, payload, path } = await share(patient, { label: 'Urgences' });
    expect(status).toBe(201);
    expect(body.url).toMatch(/^https:\/\/medflow\.example\/shl#shlink:\//);
    expect(payload).toEqual({
      url: expect.stringMatching(/^https:\/\/medflow\.example\/api\/v1\/shl\/[\w-]{43}$/),
      key: expect.stringMatching(/^[\w-]{43}$/),
      exp: Math.floor(Date.parse(body.expiresAt) / 1000),
      label: 'Urgences',
      v: 1,
    });
    expect((payload.url as string).length).toBeLessThanOrEqual(128);
    const { body: manifest, headers } = await open(path);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(manifest.files).toEqual([{ contentType: 'application/fhir+json', embedded: expect.any(String) }]);
    const { header, bundle } = await decrypted(manifest.files[0].embedded, payload.key);
    expect(header).toMatchObject({ alg: 'dir', enc: 'A256GCM', cty: 'application/fhir+json' });
    expect(resources(bundle, 'AllergyIntolerance')[0]).toMatchObject({ code: { text: 'Pénicilline' } });
    const { items } = (await harness.call('GET', '/patients/me/record/links', patient)).body;
    expect(items).toEqual([
      { ...body, openings: [{ at: expect.any(String), recipient: 'Dr Elsewhere' }], hasPasscode: false, isOpen: true },
    ]);
    expect(await logOf(patient)).toContainEqual(
      expect.objectContaining({ action: 'open-link', purpose: 'link', actor: null, subjectId: body.id }),
    );
  });

  it('names where the file is when it is longer than wanted, for an hour', async () => {
    const patient = newPatient();
    const { payload, path } = await share(patient);
    const { location } = (await open(path, { embeddedLengthMax: 10 })).body.files[0] as { location: string };
    const file = location.replace('https://medflow.example/api/v1', '');
    const answer = await harness.call('GET', file);
    expect(answer.headers.get('content-type')).toContain('application/jose');
    expect((await decrypted(answer.body as string, payload.key)).bundle.entry.length).toBeGreaterThan(3);
    expect((await harness.call('GET', `${file}x`)).status).toBe(404);
    expect((await harness.call('GET', file.replace(/files\/\d/, 'files/9'))).status).toBe(404);
  });

  it('asks for its passcode, and is closed for good after ten wrong ones', async () => {
    const patient = newPatient();
    const { body, payload, path } = await share(patient, { passcode: '2468' });
    expect(payload.flag).toBe('P');
    expect(body.hasPasscode).toBe(true);
    expect(await open(path)).toMatchObject({ status: 401, body: { code: 'wrong-passcode', remainingAttempts: 10 } });
    expect((await open(path, { passcode: '2468' })).status).toBe(200);
    expect((await open(path, { passcode: '1111' })).body.remainingAttempts).toBe(9);
    expect((await open(path, { passcode: '2468' })).status).toBe(200);
    const guesses = await Promise.all(Array.from({ length: 14 }, (_, n) => open(path, { passcode: `wrong ${n}` })));
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(9);
    expect((await open(path, { passcode: '2468' })).status).toBe(404);
    const [link] = (await harness.call('GET', '/patients/me/record/links', patient)).body.items;
    expect([link.isOpen, link.openings.length]).toEqual([false, 2]);
  });

  it('opens no more once it is revoked, or over', async () => {
    const patient = newPatient();
    const { body, path } = await share(patient);
    const link = `/patients/me/record/links/${body.id}`;
    expect((await harness.call('DELETE', link, newPatient())).status).toBe(404);
    expect((await open(path)).status).toBe(200);
    expect((await harness.call('DELETE', link, patient)).status).toBe(204);
    expect((await harness.call('DELETE', link, patient)).status).toBe(204);
    expect((await open(path)).status).toBe(404);
    expect(await harness.collection('shared_files').countDocuments({ _id: body.id })).toBe(0);
    expect((await logOf(patient)).filter(({ action }) => action === 'revoke-link')).toHaveLength(1);
    const second = await share(patient);
    const over = { $set: { expiresAt: new Date(Date.now() - 1) } };
    await harness.collection('shared_links').updateOne({ _id: second.body.id }, over);
    expect((await open(second.path)).status).toBe(404);
  });

  it('shares what was there when it was made, and nothing that came later', async () => {
    const { doctor, patient } = await harness.inCare();
    const { payload, path } = await share(patient);
    await harness.entry(doctor, patient, { label: 'Plus tard' });
    const { files } = (await open(path)).body;
    expect(JSON.stringify((await decrypted(files[0].embedded, payload.key)).bundle)).not.toContain('Plus tard');
  });

  it('is in the database only as nobody can open it', async () => {
    const patient = newPatient();
    const { payload } = await share(patient, { label: 'Secret', passcode: '2468' });
    const stored = JSON.stringify(await harness.collection('shared_links').find({ patientId: patient.id }).toArray());
    const manifestId = (payload.url as string).split('/').at(-1)!;
    for (const secret of [payload.key, manifestId, 'Secret', '2468']) expect(stored).not.toContain(secret);
  });

  it('opens no more once the record was erased', async () => {
    const patient = newPatient();
    const { path } = await share(patient);
    const headers = { 'x-medflow-internal': 'test-internal-token' };
    await harness.call('POST', `/internal/records/patients/${patient.id}/erase`, undefined, {}, headers);
    expect((await open(path)).status).toBe(404);
  });

  it.each([
    [{ expiresAt: '2020-01-01T00:00:00Z' }, 'in-the-past'],
    [{ expiresAt: '2999-01-01T00:00:00Z' }, 'too-far'],
    [{ expiresAt: 'tomorrow' }, 'invalid-instant'],
    [{ passcode: '12' }, 'too-short'],
    [{ label: 'x'.repeat(81) }, 'too-long'],
  ])('is refused with the field named: %j', async (body, code) => {
    const answer = await share(newPatient(), body);
    expect([answer.status, answer.body.errors[0].code]).toEqual([422, code]);
  });

  it('has so many beside it and no more', async () => {
    const patient = newPatient();
    const made = [];
    for (let n = 0; n < 20; n += 1) made.push((await share(patient)).body);
    expect(await share(patient)).toMatchObject({ status: 409, body: { code: 'too-many-links' } });
    await harness.call('DELETE', `/patients/me/record/links/${made[0].id}`, patient);
    expect((await share(patient)).status).toBe(201);
  });

  it('is unknown to who guesses', async () => {
    expect((await open(`/shl/${'x'.repeat(43)}`)).status).toBe(404);
    expect((await harness.call('POST', `/shl/${'x'.repeat(43)}`, undefined, {})).status).toBe(422);
  });
});
