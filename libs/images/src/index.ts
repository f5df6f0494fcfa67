export type { Portrait } from './decoder-process.js';
export { DecoderBusy, ImageDecoder, NotAnImage } from './image-decoder.js';
