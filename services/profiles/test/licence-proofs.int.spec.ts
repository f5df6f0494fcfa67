import type { Answer, Identified } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { admin, completeProfile, newDoctor, newPatient, ProfilesHarness } from './harness.js';

let harness: ProfilesHarness;
beforeAll(async () => {
  harness = await ProfilesHarness.start();
});
afterAll(() => harness.stop());

const PDF = Buffer.from('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n');

const headersOf = async (as: Identified) => ({
  authorization: `Bearer ${await harness.service.identity.token(as)}`,
});
async function send(as: Identified, file: Buffer, type = 'application/pdf'): Promise<Pick<Answer, 'status' | 'body'>> {
  const response = await fetch(`${harness.service.url}/doctors/me/licence-proof`, {
    method: 'PUT',
    headers: { ...(await headersOf(as)), 'content-type': type, 'accept-language': 'en' },
    body: new Uint8Array(file),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}
const read = async (as: Identified, path: string) =>
  fetch(harness.service.url + path, { headers: await headersOf(as) });
const kept = (doctorId: string) =>
  harness.service.database.client.db().collection('licence-proofs').countDocuments({ doctorId });

describe('the proof of a licence', () => {
  it('is a PDF, byte for byte, for the doctor and administrators, never shown as a page', async () => {
    const doctor = newDoctor();
    const { status, body } = await send(doctor, PDF);
    expect([status, body.licenceProof]).toEqual([
      200,
      { type: 'application/pdf', bytes: PDF.length, sentAt: expect.any(String) },
    ]);
    for (const [who, path] of [
      [doctor, '/doctors/me/licence-proof'],
      [admin, `/admin/doctors/${doctor.id}/licence-proof`],
    ] as const) {
      const answer = await read(who, path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('application/pdf');
      expect(answer.headers.get('content-disposition')).toBe('attachment; filename="licence.pdf"');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(Buffer.from(await answer.arrayBuffer()).equals(PDF)).toBe(true);
    }
  });

  it('may be a picture: upright, no larger than can be read, without what the camera wrote', async () => {
    const doctor = newDoctor();
    const picture = await sharp({ create: { width: 3000, height: 1500, channels: 3, background: '#ffffff' } })
      .withExif({ IFD0: { Copyright: 'taken at home' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { status, body } = await send(doctor, picture, 'image/jpeg');
    expect([status, body.licenceProof.type]).toEqual([200, 'image/webp']);
    const content = Buffer.from(await (await read(doctor, '/doctors/me/licence-proof')).arrayBuffer());
    const { format, width, height, exif } = await sharp(content).metadata();
    expect([format, width, height, exif]).toEqual(['webp', 1000, 2000, undefined]);
    expect(content).toHaveLength(body.licenceProof.bytes);
  });

  it.each<[string, Buffer, string]>([
    ['a page', Buffer.from('<html><script>alert(1)</script></html>'), 'application/pdf'],
    ['half of a PDF', PDF.subarray(0, 40), 'application/pdf'],
    ['nothing', Buffer.alloc(0), 'application/pdf'],
    ['a text', Buffer.from('photo'), 'image/png'],
  ])('is not %s', async (_, file, type) => {
    const doctor = newDoctor();
    const { status, body } = await send(doctor, file, type);
    expect([status, body.code]).toEqual([422, 'not-a-document']);
    expect((await harness.call('GET', '/doctors/me', doctor)).body.licenceProof).toBeNull();
  });

  it('is of no other type, and nobody else reads or sends one', async () => {
    const doctor = newDoctor();
    expect((await send(doctor, PDF, 'image/gif')).status).toBe(415);
    expect((await send(newPatient(), PDF)).status).toBe(403);
    await send(doctor, PDF);
    for (const other of [newPatient(), newDoctor()])
      expect((await read(other, `/admin/doctors/${doctor.id}/licence-proof`)).status).toBe(403);
    expect((await read(newDoctor(), '/doctors/me/licence-proof')).status).toBe(404);
    const photo = await fetch(`${harness.service.url}/doctors/me/photo`, {
      method: 'PUT',
      headers: { ...(await headersOf(doctor)), 'content-type': 'application/pdf' },
      body: new Uint8Array(PDF),
    });
    expect(photo.status).toBe(415);
  });

  it('is there no more once it is replaced or removed', async () => {
    const doctor = newDoctor();
    await send(doctor, PDF);
    await send(doctor, Buffer.concat([PDF, PDF]));
    expect(await kept(doctor.id)).toBe(1);
    for (let time = 1; time <= 2; time += 1)
      expect((await harness.call('DELETE', '/doctors/me/licence-proof', doctor)).status).toBe(204);
    expect([await kept(doctor.id), (await read(doctor, '/doctors/me/licence-proof')).status]).toEqual([0, 404]);
    expect((await harness.call('GET', '/doctors/me', doctor)).body.licenceProof).toBeNull();
  });

  it('brings who was refused before the administrators again, and leaves who is verified as they are', async () => {
    const doctor = newDoctor();
    await harness.call('PUT', '/doctors/me', doctor, completeProfile);
    await harness.call('POST', `/admin/doctors/${doctor.id}/refuse`, admin, { reason: 'Il manque le diplôme' });
    expect((await send(doctor, PDF)).body).toMatchObject({ verification: 'pending', verificationReason: null });
    await harness.call('POST', `/admin/doctors/${doctor.id}/verify`, admin);
    expect((await send(doctor, PDF)).body).toMatchObject({ verification: 'verified', published: true });
    expect((await harness.call('PUT', '/doctors/me', doctor, completeProfile)).body.licenceProof).not.toBeNull();
  });
});
