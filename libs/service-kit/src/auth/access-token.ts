import type { CurrentAccount, Locale, Role } from './account.js';

export const TOKEN_ISSUER = 'medflow';
export const TOKEN_AUDIENCE = 'medflow';
/** RFC 9068: told from every other kind of JWT that the same keys may sign (RFC 8725 §3.11). */
export const ACCESS_TOKEN_TYPE = 'at+jwt';
export const ACCESS_TOKEN_PURPOSE = 'access';

/** As identity signs them; who reads them trusts none of it before it has looked. */
export interface AccessTokenClaims {
  sub?: unknown;
  exp?: number;
  sid?: unknown;
  purpose?: unknown;
  role?: unknown;
  given_name?: unknown;
  family_name?: unknown;
  locale?: unknown;
  email_verified?: unknown;
}

const HEADERS = ['alg', 'kid', 'typ'];
const ROLES: readonly unknown[] = ['patient', 'doctor', 'admin'] satisfies Role[];
const LOCALES: readonly unknown[] = ['fr', 'en', 'ar'] satisfies Locale[];

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/**
 * True for the header of an access token: nothing but type, algorithm and the name of the key. A key that comes with the
 * token (`jwk`, `jku`, `x5c`, …) or an extension that must be understood (`crit`) is not ours.
 */
export function isAccessTokenHeader(header: unknown): header is { kid: string } {
  if (typeof header !== 'object' || header === null) return false;
  const { alg, typ, kid } = header as Record<string, unknown>;
  const isOurs = alg === 'ES256' && typ === ACCESS_TOKEN_TYPE && isText(kid);
  return isOurs && Object.keys(header).every((name) => HEADERS.includes(name));
}

/** The account that verified claims speak of; undefined when they are not those of an access token. */
export function accountOf(claims: AccessTokenClaims): CurrentAccount | undefined {
  const { sub, sid, exp, purpose, role, locale } = claims;
  if (!isText(sub) || !isText(sid) || typeof exp !== 'number') return undefined;
  if (purpose !== ACCESS_TOKEN_PURPOSE || !ROLES.includes(role)) return undefined;
  return {
    id: sub,
    role: role as Role,
    firstName: String(claims.given_name ?? ''),
    lastName: String(claims.family_name ?? ''),
    locale: LOCALES.includes(locale) ? (locale as Locale) : 'fr',
    sessionId: sid,
    emailVerified: claims.email_verified === true,
  };
}
