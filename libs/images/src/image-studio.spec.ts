import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { NotAnImage, StudioBusy } from './errors.js';
import { ImageStudio } from './image-studio.js';

const RED = '#d01010';
const BLUE = '#1010d0';
const plain = (width: number, height: number, background: string) =>
  sharp({ create: { width, height, channels: 3, background }, limitInputPixels: false });

async function pixel(image: Uint8Array, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(image).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (y * info.width + x) * info.channels;
  return [...data.subarray(at, at + 3)];
}
const isRed = ([red = 0, , blue = 0]: number[]) => red > 150 && blue < 100;

describe('a portrait', () => {
  let studio: ImageStudio;
  beforeAll(() => (studio = new ImageStudio()) as never);
  afterAll(() => studio.onModuleDestroy());

  it.each(['jpeg', 'png', 'webp'] as const)('is made of a %s: two squares, of the middle', async (format) => {
    const sides = await plain(300, 600, RED).png().toBuffer();
    const image = plain(1200, 600, BLUE).composite([{ input: sides, left: 450, top: 0 }]);
    const { large, small } = await studio.portraitOf(await image.toFormat(format).toBuffer());
    for (const [portrait, side] of [
      [large, 512],
      [small, 128],
    ] as const) {
      const { width, height, format: encoded } = await sharp(portrait).metadata();
      expect([width, height, encoded]).toEqual([side, side, 'webp']);
      expect(isRed(await pixel(portrait, side / 2, side / 2))).toBe(true);
      expect(isRed(await pixel(portrait, side / 8, side / 2))).toBe(false);
    }
  });

  it('stands upright, and nothing of what the camera wrote beside it is left', async () => {
    const secret = 'N 36.8065 taken at home';
    const left = await plain(300, 600, RED).png().toBuffer();
    // Red on the left as it is stored; turned by 90° clockwise, red is on top.
    const image = await plain(600, 600, BLUE)
      .composite([{ input: left, left: 0, top: 0 }])
      .withExif({ IFD0: { Copyright: secret } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect([image.includes(secret), (await sharp(image).metadata()).orientation]).toEqual([true, 6]);
    for (const portrait of Object.values(await studio.portraitOf(image)) as Uint8Array[]) {
      const { exif, xmp, iptc, icc, orientation, width } = await sharp(portrait).metadata();
      expect([exif, xmp, iptc, icc, orientation]).toEqual([undefined, undefined, undefined, undefined, undefined]);
      expect(Buffer.from(portrait).includes(secret)).toBe(false);
      expect(isRed(await pixel(portrait, width / 2, width / 8))).toBe(true);
      expect(isRed(await pixel(portrait, width / 2, width - width / 8))).toBe(false);
    }
  });

  it('of what moves is its first frame', async () => {
    const frames = await Promise.all([plain(64, 64, RED).raw().toBuffer(), plain(64, 64, BLUE).raw().toBuffer()]);
    const image = await sharp(Buffer.concat(frames), { raw: { width: 64, height: 128, channels: 3, pageHeight: 64 } })
      .webp({ loop: 0, delay: [100, 100] })
      .toBuffer();
    expect((await sharp(image).metadata()).pages).toBe(2);
    const { large } = await studio.portraitOf(image);
    expect((await sharp(large).metadata()).pages ?? 1).toBe(1);
    expect(isRed(await pixel(large, 256, 256))).toBe(true);
  });

  it.each<[string, () => Promise<Buffer> | Buffer]>([
    ['a text', () => Buffer.from('<script>alert(1)</script>')],
    ['nothing', () => Buffer.alloc(0)],
    ['a drawing', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['a GIF', () => plain(9, 9, RED).gif().toBuffer()],
    ['a TIFF', () => plain(9, 9, RED).tiff().toBuffer()],
    ['half of a JPEG', async () => (await plain(900, 900, RED).jpeg().toBuffer()).subarray(0, 3_000)],
    ['100 million pixels', () => plain(10_000, 10_000, '#000000').png().toBuffer()],
  ])('is not made of %s, and the next one none the worse', async (_, make) => {
    await expect(studio.portraitOf(await make())).rejects.toThrow(NotAnImage);
    expect((await studio.portraitOf(await plain(9, 9, RED).png().toBuffer())).small.length).toBeGreaterThan(0);
  });

  it('is made in a process that is replaced when it has died', async () => {
    const image = await plain(200, 200, BLUE).jpeg().toBuffer();
    await studio.portraitOf(image);
    const { decoder } = studio as unknown as { decoder: { end(): void } };
    decoder.end();
    expect((await studio.portraitOf(image)).small.length).toBeGreaterThan(0);
  });

  it('is refused while too many wait', async () => {
    const image = await plain(200, 200, BLUE).jpeg().toBuffer();
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => studio.portraitOf(image)));
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect([outcomes.length - refused.length, refused.every((error) => error instanceof StudioBusy)]).toEqual([
      8,
      true,
    ]);
    await studio.portraitOf(image);
  });
});
