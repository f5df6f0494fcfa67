import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Identified } from '@medflow/testing';
import { selfSigned } from '../src/adapters/signing/installation-certificate.js';
import { newPatient, RecordsHarness } from './harness.js';

/** pyHanko's releases, which judge signatures as a reader of PDFs would. */
const PYHANKO = ['pyHanko==0.38.0', 'pyhanko-cli==0.6.0'];
const prescription = {
  severity: undefined,
  kind: 'prescription',
  label: 'Traitement de l’angine',
  items: [{ label: 'Amoxicilline 1 g', dose: '1 comprimé', frequency: '2 fois par jour', days: 6 }],
};
const people: Record<string, object> = {
  doctors: {
    firstName: 'Karim',
    lastName: 'Trabelsi',
    specializations: ['cardiology'],
    licenceNumber: 'TN-12345',
    address: '12 avenue Habib Bourguiba',
    city: 'Tunis',
    timeZone: 'Africa/Tunis',
  },
  patients: { firstName: 'Amira', lastName: 'Ben Salah', birthDate: '1990-04-12', preferredLanguage: 'fr' },
};

describe('papers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'medflow-papers-'));
  let harness: RecordsHarness;
  let profiles: Server;
  let doctor: Identified;
  let patient: Identified;
  let isAsleep = false;
  beforeAll(async () => {
    profiles = createServer((request, response) => {
      const [, , , kind = ''] = request.url!.split('/');
      const isTrusted = request.headers['x-medflow-internal'] === 'test-internal-token';
      response.statusCode = isAsleep ? 503 : isTrusted ? 200 : 401;
      response.end(JSON.stringify(people[kind]));
    });
    await new Promise<void>((resolve) => profiles.listen(0, '127.0.0.1', resolve));
    const upstreams = { profiles: `http://127.0.0.1:${(profiles.address() as AddressInfo).port}` };
    const env = { LOG_LEVEL: 'silent', PUBLIC_URL: 'https://medflow.example' };
    harness = await RecordsHarness.start({ env }, upstreams);
    ({ doctor, patient } = await harness.inCare());
  }, 60_000);
  afterAll(async () => {
    await harness.stop();
    profiles.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const bytesAt = async (as: Identified, path: string) => {
    const authorization = `Bearer ${await harness.service.identity.token(as)}`;
    const answer = await fetch(harness.service.url + path, { headers: { authorization } });
    return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  const pathOf = (id: string, kind = 'prescriptions') => `/patients/${patient.id}/record/${kind}/${id}.pdf`;
  const codeOf = async (entryId: string) =>
    (await harness.collection('papers').findOne({ entryId }, { sort: { issuedAt: -1 } }))!._id;
  const verify = async (code: string) => (await harness.call('GET', `/verify/${code}`)).body;

  it('are signed PDFs, the same bytes at every reading, for the patient and the doctor', async () => {
    const { id } = await harness.entry(doctor, patient, prescription);
    const first = await bytesAt(patient, pathOf(id));
    expect([first.status, first.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(first.headers.get('cache-control')).toBe('private, no-store');
    expect(first.bytes.toString('latin1')).toContain('/SubFilter /ETSI.CAdES.detached');
    expect((await bytesAt(doctor, pathOf(id))).bytes.equals(first.bytes)).toBe(true);
    const arabic = await bytesAt(patient, `${pathOf(id)}?lang=ar`);
    expect(arabic.bytes.toString('latin1')).toContain('/Lang (ar)');
    const { sealed } = (await harness.collection('papers').findOne({ entryId: id })) as never as {
      sealed: { buffer: Buffer };
    };
    expect(sealed.buffer.includes('%PDF')).toBe(false);
  }, 60_000);

  it('that two ask for at once are one', async () => {
    const { id } = await harness.entry(doctor, patient, prescription);
    const [one, other] = await Promise.all([bytesAt(patient, pathOf(id)), bytesAt(doctor, pathOf(id))]);
    expect(one.bytes.equals(other.bytes)).toBe(true);
    expect(await harness.collection('papers').countDocuments({ entryId: id })).toBe(1);
  }, 60_000);

  it('are found genuine by their code, with nothing medical, and withdrawn once they are', async () => {
    const { id } = await harness.entry(doctor, patient, prescription);
    await bytesAt(patient, pathOf(id));
    const code = await codeOf(id);
    expect(Buffer.from(code, 'base64url')).toHaveLength(16);
    expect(await verify(code)).toEqual({
      genuine: true,
      kind: 'prescription',
      issuedBy: { name: 'Karim Trabelsi', licenceNumber: 'TN-12345' },
      issuedAt: expect.any(String),
      withdrawn: false,
      signedWith: 'installation',
      installation: 'medflow.example',
    });
    await harness.call('POST', `/patients/${patient.id}/record/entries/${id}/withdraw`, doctor, { reason: 'Erreur' });
    expect(await verify(code)).toMatchObject({ genuine: true, withdrawn: true });
    expect((await bytesAt(patient, pathOf(id))).status).toBe(200);
  }, 60_000);

  it('that were written anew are withdrawn in their first form, and genuine in the new one', async () => {
    const { id } = await harness.entry(doctor, patient, prescription);
    const first = await bytesAt(patient, pathOf(id));
    const code = await codeOf(id);
    const body = { ...prescription, label: 'Traitement', reason: 'Dose' };
    await harness.call('PUT', `/patients/${patient.id}/record/entries/${id}`, doctor, body);
    const second = await bytesAt(patient, pathOf(id));
    expect(second.bytes.equals(first.bytes)).toBe(false);
    expect([await verify(code), await verify(await codeOf(id))]).toMatchObject([
      { genuine: true, withdrawn: true },
      { genuine: true, withdrawn: false },
    ]);
  }, 60_000);

  it.each(['abcdefghijklmnopqrstuv', 'short', '%00'])('an unknown code is not genuine: %s', async (code) => {
    expect(await verify(code)).toEqual({ genuine: false, installation: 'medflow.example' });
  });

  it('withdrawn before they were read are made no more, and others’ are not there', async () => {
    const { id } = await harness.entry(doctor, patient, prescription);
    await harness.call('POST', `/patients/${patient.id}/record/entries/${id}/withdraw`, doctor, { reason: 'Erreur' });
    expect((await bytesAt(patient, pathOf(id))).status).toBe(409);
    expect((await bytesAt(patient, pathOf(id, 'certificates'))).status).toBe(404);
    expect((await bytesAt(newPatient(), pathOf(id))).status).toBe(404);
  });

  it('wait while profiles cannot be asked', async () => {
    const { id } = await harness.entry(doctor, patient, prescription);
    isAsleep = true;
    expect((await bytesAt(patient, pathOf(id))).status).toBe(503);
    isAsleep = false;
    expect((await bytesAt(patient, pathOf(id))).status).toBe(200);
  }, 60_000);

  describe('with a certificate of the doctor’s own', () => {
    const file = (name: string) => join(folder, name);
    function pkcs12(name: string, days: number, key: readonly string[]): Buffer {
      const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
      const subject = [
        '-subj',
        '/CN=Dr Karim Trabelsi',
        '-addext',
        'keyUsage=critical,digitalSignature,nonRepudiation',
      ];
      const made = ['-keyout', file('key.pem'), '-out', file(`${name}.pem`), '-days', String(days), ...subject];
      openssl('req', '-x509', '-nodes', ...key, ...made);
      const both = ['-inkey', file('key.pem'), '-in', file(`${name}.pem`), '-out', file(`${name}.p12`)];
      openssl('pkcs12', '-export', ...both, '-passout', 'pass:clé');
      return readFileSync(file(`${name}.p12`));
    }
    const give = async (bytes: Buffer, passphrase: string) => {
      const answer = await fetch(`${harness.service.url}/doctors/me/signing-certificate`, {
        method: 'PUT',
        headers: {
          authorization: `Bearer ${await harness.service.identity.token(doctor)}`,
          'content-type': 'application/x-pkcs12',
          'x-certificate-passphrase': encodeURIComponent(passphrase),
        },
        body: bytes as never,
      });
      return { status: answer.status, body: (await answer.json()) as Record<string, string> };
    };
    async function expired(): Promise<Buffer> {
      const { key, certificate } = await selfSigned('Dr Karim Trabelsi', new Date('2010-01-01'));
      const pem = (what: string, der: Buffer) =>
        `-----BEGIN ${what}-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END ${what}-----\n`;
      writeFileSync(file('expired.pem'), pem('PRIVATE KEY', key) + pem('CERTIFICATE', certificate));
      const args = [
        'pkcs12',
        '-export',
        '-in',
        file('expired.pem'),
        '-out',
        file('expired.p12'),
        '-passout',
        'pass:clé',
      ];
      execFileSync('openssl', args, { stdio: 'pipe' });
      return readFileSync(file('expired.p12'));
    }
    const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];

    it.each([
      ['RSA', ['-newkey', 'rsa:2048']],
      ['an elliptic curve', ec],
    ])(
      'are signed with it: %s',
      async (_what, key) => {
        const { status, body } = await give(pkcs12('own', 30, key), 'clé');
        expect([status, body.signedWith, body.subject]).toEqual([200, 'doctor', 'CN=Dr Karim Trabelsi']);
        const { id } = await harness.entry(doctor, patient, prescription);
        await bytesAt(patient, pathOf(id));
        expect(await verify(await codeOf(id))).toMatchObject({ signedWith: 'doctor' });
      },
      60_000,
    );

    it('refuse a wrong passphrase, one that has expired, and what is none', async () => {
      expect(await give(pkcs12('other', 30, ec), 'false')).toMatchObject({
        status: 422,
        body: { code: 'unreadable-certificate' },
      });
      expect((await give(Buffer.from('nothing'), '')).status).toBe(422);
      expect(await give(await expired(), 'clé')).toMatchObject({
        status: 422,
        body: { code: 'certificate-not-valid' },
      });
    }, 60_000);

    it('are the installation’s again once it is taken away', async () => {
      expect((await harness.call('DELETE', '/doctors/me/signing-certificate', doctor)).status).toBe(204);
      const used = await harness.call('GET', '/doctors/me/signing-certificate', doctor);
      expect(used.body).toMatchObject({
        signedWith: 'installation',
        subject: expect.stringContaining('medflow.example'),
      });
    });
  });

  it('are valid to pyHanko, the whole file and nothing less', async () => {
    const python = join(folder, 'venv/bin');
    try {
      if (!process.env.MEDFLOW_PYHANKO) {
        execFileSync('python3', ['-m', 'venv', join(folder, 'venv')], { stdio: 'pipe' });
        execFileSync(join(python, 'pip'), ['install', '-q', ...PYHANKO], { stdio: 'pipe', timeout: 120_000 });
      }
    } catch (error) {
      console.log(`pyHanko could not be had, signatures are not judged: ${(error as Error).message.slice(0, 200)}`);
      return;
    }
    const pyhanko = process.env.MEDFLOW_PYHANKO ?? join(python, 'pyhanko');
    expect(existsSync(pyhanko)).toBe(true);
    const { id } = await harness.entry(doctor, patient, prescription);
    const { bytes } = await bytesAt(patient, pathOf(id));
    writeFileSync(join(folder, 'paper.pdf'), bytes);
    const der = /<([0-9a-f]{20,})>/.exec(bytes.toString('latin1'))![1]!;
    writeFileSync(join(folder, 'signature.der'), Buffer.from(der, 'hex'));
    const certificates = ['pkcs7', '-inform', 'DER', '-in', join(folder, 'signature.der'), '-print_certs'];
    writeFileSync(join(folder, 'trust.pem'), execFileSync('openssl', certificates));
    const judge = (name: string) =>
      execFileSync(
        pyhanko,
        [
          'sign',
          'validate',
          '--no-revocation-check',
          '--pretty-print',
          '--trust',
          join(folder, 'trust.pem'),
          join(folder, name),
        ],
        { encoding: 'utf8', stdio: 'pipe' },
      );
    const judged = judge('paper.pdf');
    expect(judged).toContain('The signature covers the entire file.');
    expect(judged).toContain('The signature is judged VALID.');
    const changed = Buffer.from(bytes);
    changed[changed.indexOf('stream') + 60]! ^= 1;
    writeFileSync(join(folder, 'changed.pdf'), changed);
    expect(() => judge('changed.pdf')).toThrow();
  }, 240_000);
});
