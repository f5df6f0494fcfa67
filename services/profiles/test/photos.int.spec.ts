import { doctorPublishedV1, patientProfileUpdatedV1 } from '@medflow/contracts';
import { MAX_FILE_BYTES } from '@medflow/service-kit';
import { type Answer, eventually, type Identified } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { newDoctor, newPatient, ProfilesHarness } from './harness.js';

let harness: ProfilesHarness;
beforeAll(async () => {
  harness = await ProfilesHarness.start();
});
afterAll(() => harness.stop());

const plain = (width: number, height: number, background: string) =>
  sharp({ create: { width, height, channels: 3, background }, limitInputPixels: false });
const RED = '#d01010';
const BLUE = '#1010d0';

interface Shown {
  url: string;
  thumbnailUrl: string;
}

async function put(
  as: Identified,
  image: Buffer,
  type = 'image/jpeg',
  headers = {},
): Promise<Pick<Answer, 'status' | 'body'>> {
  const response = await fetch(`${harness.service.url}/${as.role}s/me/photo`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${await harness.service.identity.token(as)}`,
      ...(type && { 'content-type': type }),
      ...headers,
    },
    body: new Uint8Array(image),
  });
  return { status: response.status, body: await response.json() };
}

/** As the gateway asks for it. */
const get = (url: string, headers: Record<string, string> = {}) =>
  fetch(harness.service.url + url.replace('/api/v1', ''), { headers });
const kept = (ownerId: string) => harness.service.database.client.db().collection('photos').countDocuments({ ownerId });
describe('a photo', () => {
  it('is shown in two square sizes, encoded anew, at addresses that anybody may keep for ever', async () => {
    const patient = newPatient();
    const { status, body } = await put(patient, await plain(900, 600, RED).png().toBuffer(), 'image/png');
    expect(status).toBe(200);
    const { url, thumbnailUrl } = body.photo as Shown;
    expect((await harness.call('GET', '/patients/me', patient)).body).toMatchObject({ photo: body.photo, version: 2 });
    for (const [address, side] of [
      [url, 512],
      [thumbnailUrl, 128],
    ] as const) {
      const answer = await get(address);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('image/webp');
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      const { width, height, format } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
      expect([width, height, format]).toEqual([side, side, 'webp']);
      const etag = answer.headers.get('etag')!;
      const again = await get(address, { 'if-none-match': etag });
      expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, '']);
    }
  });

  it.each(['jpeg', 'png', 'webp'] as const)('may be a %s', async (format) => {
    const image = await plain(300, 300, RED).toFormat(format).toBuffer();
    expect((await put(newDoctor(), image, `image/${format}`)).status).toBe(200);
  });

  it.each<[string, Buffer | (() => Promise<Buffer>)]>([
    ['a text', Buffer.from('<script>alert(1)</script>')],
    ['nothing', Buffer.alloc(0)],
    // A few hundred kilobytes that would be 1.2 GB.
    ['a picture of 400 million pixels', () => plain(20_000, 20_000, '#000000').png().toBuffer()],
  ])('is not %s', async (_, image) => {
    const patient = newPatient();
    const bytes = Buffer.isBuffer(image) ? image : await image();
    const { status, body } = await put(patient, bytes, 'image/png', { 'accept-language': 'en' });
    expect([status, body.code]).toEqual([422, 'not-an-image']);
    expect(body.detail).toMatch(/JPEG, PNG or WebP/);
    expect((await harness.call('GET', '/patients/me', patient)).body.photo).toBeNull();
  });

  it('is told to be too large, or of a type that is not taken, before it is looked at', async () => {
    const large = await put(newPatient(), Buffer.alloc(MAX_FILE_BYTES + 1));
    expect([large.status, large.body.code]).toEqual([413, 'body-too-large']);
    expect((await put(newPatient(), Buffer.alloc(MAX_FILE_BYTES))).status).toBe(422);
    for (const type of ['image/gif', 'image/svg+xml', 'application/json', 'text/plain', '']) {
      const other = await put(newPatient(), Buffer.from('{}'), type);
      expect([type, other.status, other.body.code]).toEqual([type, 415, 'unsupported-media-type']);
    }
    const { status, body } = await harness.call('PUT', '/patients/me/photo', newPatient());
    expect([status, body.code]).toEqual([415, 'unsupported-media-type']);
  });

  it('is no body for anything else', async () => {
    const image = await plain(9, 9, RED).png().toBuffer();
    const { status } = await fetch(`${harness.service.url}/patients/me`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${await harness.service.identity.token(newPatient())}`,
        'content-type': 'image/png',
      },
      body: new Uint8Array(image),
    });
    expect(status).toBe(415);
  });

  it('is there no more once it is replaced or removed', async () => {
    const patient = newPatient();
    const one = await put(patient, await plain(200, 200, RED).png().toBuffer());
    const two = await put(patient, await plain(200, 200, BLUE).png().toBuffer());
    expect((await get(one.body.photo.url)).status).toBe(404);
    expect((await get(two.body.photo.url)).status).toBe(200);
    expect(await kept(patient.id)).toBe(1);
    expect((await harness.call('DELETE', '/patients/me/photo', patient)).status).toBe(204);
    expect((await get(two.body.photo.thumbnailUrl)).status).toBe(404);
    expect((await harness.call('GET', '/patients/me', patient)).body.photo).toBeNull();
    expect(await kept(patient.id)).toBe(0);
    expect((await harness.call('DELETE', '/patients/me/photo', patient)).status).toBe(204);
  });

  it('sent again changes nothing; of somebody else it has another address', async () => {
    const [patient, other] = [newPatient(), newPatient()];
    const image = await plain(200, 200, RED).png().toBuffer();
    const first = await put(patient, image);
    expect((await put(patient, image)).body).toEqual(first.body);
    expect((await harness.call('GET', '/patients/me', patient)).body.version).toBe(2);
    expect((await put(other, image)).body.photo.url).not.toBe(first.body.photo.url);
  });

  it('is one in the end, and kept once, when several come at the same time', async () => {
    const patient = newPatient();
    const colours = [RED, BLUE, '#10d010', '#d0d010'];
    const images = await Promise.all(colours.map((colour) => plain(200, 200, colour).png().toBuffer()));
    const answers = await Promise.all(images.map((image) => put(patient, image)));
    expect(answers.map(({ status }) => status)).toEqual(colours.map(() => 200));
    const { photo } = (await harness.call('GET', '/patients/me', patient)).body;
    expect((await get(photo.url)).status).toBe(200);
    expect(await kept(patient.id)).toBe(1);
  });

  it('stays when the profile is saved', async () => {
    const patient = newPatient();
    const { body } = await put(patient, await plain(200, 200, RED).png().toBuffer());
    const saved = await harness.call('PUT', '/patients/me', patient, { phone: '+216 20 123 456' });
    expect(saved.body.photo).toEqual(body.photo);
  });

  it.each(['/photos/nobody/512', '/photos/nobody/600', '/photos/nobody/constructor'])(
    'that does not exist is not found: %s',
    async (path) => {
      const answer = await get(path);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store']);
    },
  );
});

describe('others', () => {
  it('learn of a patient’s photo with the name', async () => {
    const patient = newPatient();
    await harness.call('GET', '/patients/me', patient);
    const { body } = await put(patient, await plain(200, 200, RED).png().toBuffer());
    const id = (body.photo as Shown).url.split('/').at(-2);
    const [, shown] = await harness.about(patient.id, 2);
    expect(shown).toMatchObject({ type: patientProfileUpdatedV1.type, data: { firstName: 'Amina', photo: id } });
    await harness.call('DELETE', '/patients/me/photo', patient);
    expect((await harness.about(patient.id, 3)).at(-1)!.data).not.toHaveProperty('photo');
  });

  it('see a doctor’s photo in the directory and on their page, and none any more when it is removed', async () => {
    const doctor = await harness.publish({ lastName: 'Photographiée' });
    const { body } = await put(doctor, await plain(200, 200, RED).png().toBuffer());
    const id = (body.photo as Shown).url.split('/').at(-2);
    await eventually(() => harness.told.find(({ type, data }) => type === doctorPublishedV1.type && data.photo === id));
    const listed = async () => (await harness.call('GET', '/doctors?q=Photographiée')).body.items[0].photo;
    expect(await listed()).toEqual(body.photo);
    expect((await harness.call('GET', `/doctors/${doctor.id}`)).body.photo).toEqual(body.photo);
    await harness.call('DELETE', '/doctors/me/photo', doctor);
    expect(await listed()).toBeNull();
  });
});
