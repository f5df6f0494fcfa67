import { RotatedRecently } from './errors.js';
import { ACCESS_TOKEN_SECONDS } from './ended-session.js';

export interface SigningKey {
  /** Counts up from 1: replicas that make a key at the same time want the same number, and one gets it. */
  readonly number: number;
  /** RFC 7638 thumbprint. */
  readonly kid: string;
  readonly publicJwk: Record<string, unknown>;
  /** JSON of the private JWK, sealed; of earlier versions, as it is. */
  readonly privateJwk: string;
  readonly createdAt: Date;
}

/** The keys of this installation, shared by its replicas. */
export abstract class SigningKeys {
  /** The newest keys, newest first. */
  abstract newest(count: number): Promise<SigningKey[]>;
  /** @returns false when there is a key of this number already */
  abstract add(key: SigningKey): Promise<boolean>;
  abstract reseal(kid: string, privateJwk: string): Promise<void>;
}

/** Replicas look for a newer key this often. */
export const KEY_KNOWN_FOR_MS = 60_000;

/**
 * Two keys are published, the current one and the one before. A third within the life of the tokens that the first
 * signed would end them early.
 * @throws RotatedRecently
 */
export function checkRotation(current: SigningKey, now: Date): void {
  const readyAt = current.createdAt.getTime() + ACCESS_TOKEN_SECONDS * 1000 + KEY_KNOWN_FOR_MS;
  // The first key has no one before it, so nothing can end early.
  if (current.number > 1 && now.getTime() < readyAt) throw new RotatedRecently(new Date(readyAt));
}
