/*
 * A process of its own, which has no secrets: what comes from outside is decoded here, so that neither the memory that this
 * takes nor a fault of the decoders is the service's.
 */
import sharp from 'sharp';
import type { Decoded, Order, Portrait } from './decoder-process.js';

/** Cameras of telephones have up to 50 million. */
const MAX_PIXELS = 51_000_000;
/** A page of paper that can be read on a screen. */
const PAGE = 2_000;
const LARGE = 512;
const SMALL = 128;
const QUALITY = 80;
/** Of what is kept as large as it was. */
const FINE = 90;

sharp.cache(false);
sharp.concurrency(1);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'] });

const upright = (image: Uint8Array) =>
  sharp(image, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 })
    .autoOrient()
    .flatten({ background: '#ffffff' });

async function portraitOf(image: Uint8Array): Promise<Portrait> {
  const { data, info } = await upright(image)
    .resize(LARGE, LARGE, { fit: 'cover' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const square = () => sharp(data, { raw: { width: LARGE, height: LARGE, channels: info.channels } });
  return {
    large: await square().webp({ quality: QUALITY }).toBuffer(),
    small: await square().resize(SMALL, SMALL).webp({ quality: QUALITY }).toBuffer(),
  };
}

const pageOf = (image: Uint8Array): Promise<Uint8Array> =>
  upright(image)
    .resize(PAGE, PAGE, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .webp({ quality: QUALITY })
    .toBuffer();

async function originalOf(image: Uint8Array): Promise<Uint8Array> {
  const options = { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 } as const;
  const { format } = await sharp(image, options).metadata();
  const upright = sharp(image, options).autoOrient().toColourspace('srgb');
  return (
    format === 'png'
      ? upright.png()
      : format === 'webp'
        ? upright.webp({ quality: FINE })
        : upright.jpeg({ quality: FINE })
  ).toBuffer();
}

async function madeOf({ image, as }: Order): Promise<Decoded> {
  if (as === 'portrait') return { portrait: await portraitOf(image) };
  return { page: await (as === 'page' ? pageOf(image) : originalOf(image)) };
}

process.on('message', (order: Order) => {
  madeOf(order).then(
    (decoded) => process.send!(decoded),
    (error: Error) => process.send!({ fault: error.message }),
  );
});
process.send!('ready');
