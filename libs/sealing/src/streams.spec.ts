import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { SEAL_BYTES } from './aes.js';
import { CHUNK_BYTES, openingStream, sealedLength, sealedRangeOf, sealingStream } from './streams.js';

const key = randomBytes(32);
const place = 'documents|1|content';
/** In pieces of odd sizes, as a network brings them. */
function* pieces(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 10_007) yield bytes.subarray(at, at + 10_007);
}
const sealAll = (plain: Buffer) => buffer(Readable.from(pieces(plain)).pipe(sealingStream(key, place)));

async function openPart(sealed: Buffer, plainBytes: number, from?: number, to?: number) {
  const range = sealedRangeOf(plainBytes, from, to);
  const stream = openingStream(key, place, range);
  Readable.from(pieces(sealed.subarray(range.start, range.end))).pipe(stream);
  return buffer(stream);
}

describe('sealed streams', () => {
  it.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 200_001])(
    'give back %i bytes as they were',
    async (length) => {
      const plain = randomBytes(length);
      const sealed = await sealAll(plain);
      expect(sealed.length).toBe(sealedLength(length));
      expect((await openPart(sealed, length)).equals(plain)).toBe(true);
    },
  );

  it.each([
    [0, 1],
    [CHUNK_BYTES - 1, CHUNK_BYTES + 1],
    [CHUNK_BYTES, 2 * CHUNK_BYTES],
    [150_000, 200_001],
    [200_000, 200_001],
  ])('give the bytes from %i to %i without the rest', async (from, to) => {
    const plain = randomBytes(200_001);
    expect((await openPart(await sealAll(plain), plain.length, from, to)).equals(plain.subarray(from, to))).toBe(true);
  });

  it('do not open with a bit changed, a chunk swapped or the end cut off', async () => {
    const plain = randomBytes(3 * CHUNK_BYTES);
    const sealed = await sealAll(plain);
    const changed = Buffer.from(sealed);
    changed[CHUNK_BYTES] = changed[CHUNK_BYTES]! ^ 1;
    await expect(openPart(changed, plain.length)).rejects.toThrow(place);
    const one = CHUNK_BYTES + SEAL_BYTES;
    const swapped = Buffer.concat([sealed.subarray(one, 2 * one), sealed.subarray(0, one), sealed.subarray(2 * one)]);
    await expect(openPart(swapped, plain.length)).rejects.toThrow(place);
    await expect(openPart(sealed.subarray(0, 2 * one), 2 * CHUNK_BYTES)).rejects.toThrow(place);
  });
});
