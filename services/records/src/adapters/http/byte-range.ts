import { RangeNotSatisfiable } from '../../domain/errors.js';
import type { FileRange } from '../../domain/files.js';

/**
 * The one part that a `Range` names (RFC 9110 §14.2).
 * @returns undefined: all of it, also where several parts are named or nothing that we understand
 * @throws RangeNotSatisfiable
 */
export function byteRangeOf(header: string | undefined, bytes: number): FileRange | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') {
    if (Number(last) === 0) throw new RangeNotSatisfiable(bytes);
    return { from: Math.max(0, bytes - Number(last)), to: bytes };
  }
  const from = Number(first);
  if (last !== '' && Number(last) < from) return undefined;
  if (from >= bytes) throw new RangeNotSatisfiable(bytes);
  return { from, to: last === '' ? bytes : Math.min(Number(last) + 1, bytes) };
}
