import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Identified } from '@medflow/testing';
import { newDoctor, RecordsHarness } from './harness.js';

const certificate = { kind: 'certificate', label: 'Certificat', text: 'Apte au sport.' };
const item = (label: string, code?: string) => ({
  label,
  ...(code && { code: { system: 'http://www.whocc.no/atc', code } }),
  dose: '1 comprimé',
  frequency: '1 fois par jour',
  days: 5,
});
const prescription = (...items: object[]) => ({ kind: 'prescription', label: 'Ordonnance', items });

describe('rules of the country about what follows from a visit by video', () => {
  let harness: RecordsHarness;
  beforeAll(async () => {
    harness = await RecordsHarness.start({ env: { LOG_LEVEL: 'silent', MEDFLOW_COUNTRY: 'TN' } });
  }, 60_000);
  afterAll(() => harness.stop());

  const write = (doctor: Identified, patient: Identified, entry: object) =>
    harness.call('POST', `/patients/${patient.id}/record/entries`, doctor, entry);

  it('refuse a certificate during and after it, with the rule’s name, and write nothing', async () => {
    const { doctor, patient } = await harness.inCare();
    const before = await harness.collection('entries').countDocuments();
    const refused = await write(doctor, patient, certificate);
    expect([refused.status, refused.body]).toMatchObject([
      403,
      { code: 'certificate-by-video', rule: 'no-certificate-by-video' },
    ]);
    expect(refused.body.detail).toContain('au cabinet');
    expect(await harness.collection('entries').countDocuments()).toBe(before);
    expect((await write(doctor, patient, { kind: 'note', label: 'Toux' })).status).toBe(201);
  });

  it('refuse medicines that need the patient in person, and say which of them', async () => {
    const { doctor, patient } = await harness.inCare();
    const items = [item('Paracétamol'), item('Skenan', 'N02AA01'), item('Alprazolam 0,5 mg')];
    const refused = await write(doctor, patient, prescription(...items));
    expect([refused.status, refused.body.rule]).toEqual([403, 'no-controlled-medicine-by-video']);
    expect(refused.body.errors.map(({ field }: { field: string }) => field)).toEqual([
      'items.1.label',
      'items.2.label',
    ]);
    const allowed = await write(doctor, patient, prescription(items[0]!));
    expect(allowed.status).toBe(201);
    // Nor does a correction bring them in.
    const corrected = await harness.call('PUT', `/patients/${patient.id}/record/entries/${allowed.body.id}`, doctor, {
      ...prescription(items[1]!),
      reason: 'Douleur',
    });
    expect([corrected.status, corrected.body.code]).toEqual([403, 'medicine-by-video']);
  });

  it('allow all of it once the two have met in person, whoever else the patient saw by video', async () => {
    const { doctor, patient } = await harness.inCare();
    const other = newDoctor();
    await harness.registered(other);
    await harness.practising(other);
    await harness.accepted(other, patient, 3, 'in-person');
    expect((await write(other, patient, certificate)).status).toBe(201);
    expect((await write(doctor, patient, certificate)).status).toBe(403);
    await harness.accepted(doctor, patient, -0.005, 'in-person');
    expect((await write(doctor, patient, certificate)).status).toBe(201);
    expect((await write(doctor, patient, prescription(item('Morphine')))).status).toBe(201);
  });

  it('do not look at visits to come, called off, or of more than thirty days ago', async () => {
    const { doctor, patient } = await harness.inCare();
    await harness.accepted(doctor, patient, -1, 'in-person');
    await harness.cancelled(await harness.accepted(doctor, patient, -0.001, 'in-person'));
    expect((await write(doctor, patient, certificate)).status).toBe(403);
    const longAgo = newDoctor();
    await harness.registered(longAgo);
    await harness.practising(longAgo);
    await harness.accepted(longAgo, patient, 31);
    expect((await write(longAgo, patient, certificate)).status).toBe(201);
  });

  it('tell a stranger nothing: for them there is no such patient', async () => {
    const { patient } = await harness.inCare();
    const stranger = newDoctor();
    await harness.practising(stranger);
    expect((await write(stranger, patient, certificate)).status).toBe(404);
  });

  it('are none without the setting', async () => {
    const { doctor, patient } = await harness.inCare();
    const elsewhere = await harness.replica({});
    try {
      const answer = await fetch(`${elsewhere.url}/patients/${patient.id}/record/entries`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await harness.service.identity.token(doctor)}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(certificate),
      });
      expect(answer.status).toBe(201);
    } finally {
      await elsewhere.close();
    }
  });
});
