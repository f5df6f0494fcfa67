/*
 * A process of its own, which has no secrets: what comes from outside is decoded here, so that neither the memory that this
 * takes nor a fault of the decoders is the service's.
 */
import sharp from 'sharp';

/** Cameras of telephones have up to 50 million. */
const MAX_PIXELS = 51_000_000;
const LARGE = 512;
const SMALL = 128;
const QUALITY = 80;

sharp.cache(false);
sharp.concurrency(1);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'] });

async function portraitOf(image: Uint8Array): Promise<{ large: Uint8Array; small: Uint8Array }> {
  const { data, info } = await sharp(image, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 })
    .autoOrient()
    .flatten({ background: '#ffffff' })
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

process.on('message', (image: Uint8Array) => {
  portraitOf(image).then(
    (portrait) => process.send!({ portrait }),
    (error: Error) => process.send!({ fault: error.message }),
  );
});
process.send!('ready');
