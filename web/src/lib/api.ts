import createClient, { type Middleware } from 'openapi-fetch';
import { oneAtATime } from './one-at-a-time';
import type { components, paths } from './schema';
import { ProblemError, problemOf } from './problems';

export type Schemas = components['schemas'];
export type SignedIn = Schemas['SignedInView'];

/** A token is renewed so long before it ends, so that nothing that is open breaks off. */
const RENEW_EARLIER_SECONDS = 60;

let accessToken: string | undefined;
let renewAt = 0;
let onSessionEnd: () => void = () => undefined;
let onToken: () => void = () => undefined;

export const currentToken = (): string | undefined => accessToken;

/** Milliseconds until the access token should be renewed; none when that is due. */
export const renewalDueIn = (): number => Math.max(0, renewAt - Date.now());

/** Keeps the access token in memory only: a reload gets a new one through the refresh cookie. */
export function keepToken(signedIn: Pick<SignedIn, 'accessToken' | 'expiresIn'> | undefined): void {
  accessToken = signedIn?.accessToken;
  if (!signedIn) return;
  renewAt = Date.now() + Math.max(1, signedIn.expiresIn - RENEW_EARLIER_SECONDS) * 1000;
  onToken();
}

/** Called with every new access token. */
export function whenTokenComes(callback: () => void): void {
  onToken = callback;
}

export function whenSessionEnds(callback: () => void): void {
  onSessionEnd = callback;
}

const headers: Middleware = {
  onRequest({ request }) {
    request.headers.set('accept-language', document.documentElement.lang || 'fr');
    if (accessToken) request.headers.set('authorization', `Bearer ${accessToken}`);
    return request;
  },
};

/** A request whose token has expired is repeated once with a new one. */
export async function fetchAgain(input: Request): Promise<Response> {
  const spare = input.clone();
  const response = await fetch(input);
  const isSignIn = new URL(input.url).pathname.startsWith('/api/v1/auth/') && !input.url.endsWith('/me');
  if (response.status !== 401 || !accessToken || isSignIn) return response;
  const renewed = await refresh();
  if (!renewed) return response;
  spare.headers.set('authorization', `Bearer ${renewed.accessToken}`);
  return fetch(spare);
}

export const api = createClient<paths>({ baseUrl: '/api/v1', fetch: fetchAgain });
api.use(headers);

/**
 * New tokens for the refresh cookie, or undefined when nobody is signed in (any more). One tab at a time: a cookie that is
 * used again and again looks stolen and ends the session.
 */
export async function refresh(): Promise<SignedIn | undefined> {
  const renew = async (): Promise<SignedIn | undefined> => {
    const response = await fetch('/api/v1/auth/refresh', { method: 'POST' });
    if (response.status === 401) {
      accessToken = undefined;
      onSessionEnd();
      return undefined;
    }
    if (!response.ok) throw problemOf(response, await response.json().catch(() => undefined));
    const signedIn = (await response.json()) as SignedIn;
    keepToken(signedIn);
    return signedIn;
  };
  return oneAtATime(renew);
}

/** The data of an answer. @throws ProblemError */
export async function take<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  let answer: { data?: T; error?: unknown; response: Response };
  try {
    answer = await call;
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw problemOf(undefined, undefined);
  }
  if (!answer.response.ok) throw problemOf(answer.response, answer.error);
  return answer.data as T;
}
