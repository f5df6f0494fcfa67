import { Transform, type TransformCallback } from 'node:stream';
import { open, seal, SEAL_BYTES, SealBroken } from './aes.js';

/** Plain bytes of a chunk: each is sealed by itself, so that a part can be read without what stands before it. */
export const CHUNK_BYTES = 64 * 1024;
export const SEALED_CHUNK_BYTES = CHUNK_BYTES + SEAL_BYTES;

/** Its number binds a chunk to its place, and « last » keeps the end from being cut off. */
const chunkPlace = (place: string, number: number, isLast: boolean) => `${place}|${number}${isLast ? '|last' : ''}`;

const chunksOf = (plainBytes: number): number => Math.max(1, Math.ceil(plainBytes / CHUNK_BYTES));

/** Bytes that so many plain bytes take when they are sealed. */
export const sealedLength = (plainBytes: number): number => plainBytes + chunksOf(plainBytes) * SEAL_BYTES;

/** Collects bytes to chunks of one size; what the last one holds is known at the end only. */
abstract class Chunks extends Transform {
  private held: Buffer[] = [];
  private bytes = 0;

  constructor(private readonly size: number) {
    super();
  }

  protected abstract chunk(bytes: Buffer, isLast: boolean): Buffer;

  override _transform(data: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.held.push(data);
    this.bytes += data.length;
    // One that is full may still be the last: it goes on when more has come.
    if (this.bytes <= this.size) return done();
    let all = Buffer.concat(this.held, this.bytes);
    try {
      while (all.length > this.size) {
        this.push(this.chunk(all.subarray(0, this.size), false));
        all = all.subarray(this.size);
      }
    } catch (error) {
      return done(error as Error);
    }
    this.held = [all];
    this.bytes = all.length;
    done();
  }

  override _flush(done: TransformCallback): void {
    try {
      const last = this.chunk(Buffer.concat(this.held, this.bytes), true);
      if (last.length > 0) this.push(last);
      done();
    } catch (error) {
      done(error as Error);
    }
  }
}

/** Seals a stream in chunks, in constant memory. @param place `collection|id|field` */
export function sealingStream(key: Buffer, place: string): Transform {
  let number = 0;
  return new (class extends Chunks {
    protected chunk(bytes: Buffer, isLast: boolean): Buffer {
      return seal(key, chunkPlace(place, number++, isLast), bytes);
    }
  })(CHUNK_BYTES);
}

/** Where a part of the plain bytes lies among the sealed ones. */
export interface SealedRange {
  /** Number of the first chunk. */
  readonly firstChunk: number;
  readonly chunks: number;
  /** Bytes of the sealed form, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  /** Plain bytes to leave out at the beginning of the first chunk. */
  readonly skip: number;
  /** Plain bytes of the part. */
  readonly length: number;
  /** Whether the last chunk is the end of the whole. */
  readonly toEnd: boolean;
}

/** @param from, to plain bytes, `to` exclusive; @param plainBytes of the whole */
export function sealedRangeOf(plainBytes: number, from = 0, to = plainBytes): SealedRange {
  const chunks = chunksOf(plainBytes);
  const firstChunk = Math.min(Math.floor(from / CHUNK_BYTES), chunks - 1);
  const lastChunk = Math.max(firstChunk, Math.ceil(to / CHUNK_BYTES) - 1);
  return {
    firstChunk,
    chunks: lastChunk - firstChunk + 1,
    start: firstChunk * SEALED_CHUNK_BYTES,
    end: Math.min((lastChunk + 1) * SEALED_CHUNK_BYTES, sealedLength(plainBytes)),
    skip: from - firstChunk * CHUNK_BYTES,
    length: to - from,
    toEnd: lastChunk === chunks - 1,
  };
}

/**
 * Opens what {@link sealingStream} sealed, or the part of it that the range names.
 * @throws SealBroken into the stream
 */
export function openingStream(key: Buffer, place: string, range: SealedRange): Transform {
  let number = range.firstChunk;
  const end = range.firstChunk + range.chunks - 1;
  let skip = range.skip;
  let left = range.length;
  return new (class extends Chunks {
    protected chunk(bytes: Buffer, isLast: boolean): Buffer {
      if (isLast && number !== end) throw new SealBroken(`${place}: it is cut off`);
      const plain = open(key, chunkPlace(place, number, number === end && range.toEnd), bytes);
      number += 1;
      const part = plain.subarray(skip, skip + left);
      skip = 0;
      left -= part.length;
      return part;
    }
  })(SEALED_CHUNK_BYTES);
}
