export { open, seal, SealBroken } from './aes.js';
export { MasterKeys } from './master-keys.js';
export { dataKeyModel, DataKeyRecord, KeyDestroyed, Seals } from './seals.js';
export {
  openingStream,
  SEALED_CHUNK_BYTES,
  sealedLength,
  type SealedRange,
  sealedRangeOf,
  sealingStream,
} from './streams.js';
