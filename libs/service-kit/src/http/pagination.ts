import { Text, Whole } from './fields.js';
import { FIRST_TIME, LAST_TIME } from './times.js';
import { ValidationFailed } from './validation.js';

export class PageQuery {
  @Whole({ min: 1, max: 100, optional: true, query: true, default: 20 }) limit?: number;
  @Text({ max: 512, optional: true, description: 'nextCursor of the page before' }) cursor?: string;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Where a page ends: the sort keys of its last row, opaque to callers. */
export const encodeCursor = (keys: readonly (string | number | null)[]): string =>
  Buffer.from(JSON.stringify(keys)).toString('base64url');

/** @throws ValidationFailed (field `cursor`) for anything that {@link encodeCursor} with `length` keys did not make */
export function decodeCursor(cursor: string | undefined, length: number): (string | number | null)[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const plain = (key: unknown) => key === null || typeof key === 'string' || typeof key === 'number';
    if (Array.isArray(keys) && keys.length === length && keys.every(plain)) return keys as (string | number | null)[];
  } catch {
    // Falls through to the one refusal below.
  }
  throw new ValidationFailed([{ field: 'cursor', code: 'invalid' }]);
}

/** A cursor's key that {@link encodeCursor} was given as milliseconds. @throws ValidationFailed (field `cursor`) */
export function instantKey(key: string | number | null | undefined): Date {
  if (typeof key === 'number' && key >= FIRST_TIME && key <= LAST_TIME) return new Date(key);
  throw new ValidationFailed([{ field: 'cursor', code: 'invalid' }]);
}

/** A cursor's key that is an id. @throws ValidationFailed (field `cursor`) */
export function idKey(key: string | number | null | undefined): string {
  if (typeof key === 'string' && key.length > 0) return key;
  throw new ValidationFailed([{ field: 'cursor', code: 'invalid' }]);
}

/** Cuts `limit + 1` fetched rows to a page; the extra row tells that there is a next one. */
export function pageOf<T>(rows: T[], limit: number, keys: (last: T) => (string | number | null)[]): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(keys(last)) : null };
}
