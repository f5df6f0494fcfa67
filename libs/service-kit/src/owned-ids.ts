import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SERVICE_CONFIG, type ServiceConfig } from './service-definition.js';

/**
 * A UUIDv7 (RFC 9562 §5.7) has 48 bits of time and 74 free ones, around its version and its variant. Of the free ones 34 are
 * random and 40 prove the owner: forging one takes some 2^39 requests, two of one millisecond meet once in 2^33.
 */
const TIME_BITS = 48n;
const FREE_BITS = 74n;
const PROOF_BITS = 40n;
const VERSION = 7n;
const VARIANT = 2n;

const mask = (bits: bigint): bigint => (1n << bits) - 1n;

const SHAPE = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/** What of an id is not proof: its time and its random bits, in eleven bytes. */
const bytesOf = (base: bigint): Buffer => Buffer.from(base.toString(16).padStart(22, '0'), 'hex');

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);

/**
 * Identifiers that tell, without a look anywhere and in every process of the installation, whether they were made for a
 * certain account: to everybody else they are UUIDv7 like any other.
 */
@Injectable()
export class OwnedIds {
  /** Made once: from bytes it would be made anew for each digest, which takes five times as long as the digest. */
  private readonly key: KeyObject;

  constructor(@Inject(SERVICE_CONFIG) { internalToken }: Pick<ServiceConfig, 'internalToken'>) {
    this.key = createSecretKey(new Uint8Array(hkdfSync('sha256', internalToken, '', 'medflow owned ids 1', 32)));
  }

  /**
   * A new id, in order of time. With a seed the id follows from owner and seed alone: the same for the same, and in no
   * order.
   */
  next(ownerId: string, seed?: string): string {
    const source = seed === undefined ? randomBytes(5) : this.digest('seed', ownerId, Buffer.from(seed));
    const random = numberOf(source) & mask(FREE_BITS - PROOF_BITS);
    const time = seed === undefined ? BigInt(Date.now()) : numberOf(source.subarray(16, 22));
    const base = (time << (FREE_BITS - PROOF_BITS)) | random;
    return uuidOf(time & mask(TIME_BITS), (random << PROOF_BITS) | this.proofOf(base, ownerId));
  }

  /** Whether the id was made for that account by an installation with our secret. Takes as long for a yes as for a no. */
  isOwn(id: string, ownerId: string): boolean {
    if (!SHAPE.test(id)) return false;
    const { time, free } = partsOf(id);
    const base = (time << (FREE_BITS - PROOF_BITS)) | (free >> PROOF_BITS);
    return timingSafeEqual(proofBytes(free & mask(PROOF_BITS)), proofBytes(this.proofOf(base, ownerId)));
  }

  private proofOf(base: bigint, ownerId: string): bigint {
    return numberOf(this.digest('proof', ownerId, bytesOf(base))) & mask(PROOF_BITS);
  }

  /** The length goes first, so that no owner and what follows can be read as another owner and something else. */
  private digest(purpose: string, ownerId: string, what: Buffer): Buffer {
    const owner = Buffer.from(ownerId);
    return createHmac('sha256', this.key).update(`${purpose}|${owner.length}|`).update(owner).update(what).digest();
  }
}

const proofBytes = (proof: bigint): Buffer => Buffer.from(proof.toString(16).padStart(10, '0'), 'hex');

/** Time, version, 12 free bits, variant, 62 free bits. */
function uuidOf(time: bigint, free: bigint): string {
  const number = (time << 80n) | (VERSION << 76n) | ((free >> 62n) << 64n) | (VARIANT << 62n) | (free & mask(62n));
  const hex = number.toString(16).padStart(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function partsOf(id: string): { time: bigint; free: bigint } {
  const number = BigInt(`0x${id.replaceAll('-', '')}`);
  return { time: number >> 80n, free: (((number >> 64n) & mask(12n)) << 62n) | (number & mask(62n)) };
}
