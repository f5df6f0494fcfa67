import createClient, { type Middleware } from 'openapi-fetch';
import { oneAtATime } from './one-at-a-time';
import type { components, paths } from './schema';
import { GrowingPause } from './patience';
import { ProblemError, problemOf } from './problems';
import { readFor, REFRESH, ServiceWatch } from './service-watch';

export type Schemas = components['schemas'];
export type SignedIn = Schemas['SignedInView'];

const BASE = '/api/v1';
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

/** What fails because the service is away, for the page to tell and to wait for. */
export const service = new ServiceWatch(async (read) => {
  if (read === REFRESH) return refresh().then(() => true, isAnswer);
  const request = new Request(BASE + read, { headers: { 'accept-language': document.documentElement.lang || 'fr' } });
  if (accessToken) request.headers.set('authorization', `Bearer ${accessToken}`);
  const response = await renewing(request);
  return response.ok || !(await problemIn(response)).isOutage;
});

/** A refusal is an answer too. */
const isAnswer = (error: unknown): boolean => error instanceof ProblemError && !error.isOutage;

/** Of a provider of ours that is away, others say 503 too: that is no outage of the service. */
async function problemIn(response: Response): Promise<ProblemError> {
  return problemOf(
    response,
    await response
      .clone()
      .json()
      .catch(() => (response.status === 503 ? { code: 'service-unavailable' } : undefined)),
  );
}

async function send(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const read = readFor(request.method, pathname.slice(BASE.length) + search, accessToken !== undefined);
  let response: Response;
  try {
    response = await fetch(request);
  } catch (error) {
    if (!request.signal.aborted) service.failed(read, 'unreachable');
    throw error;
  }
  if (response.ok) service.answered(read);
  else if ((await problemIn(response)).isOutage)
    service.failed(read, 'unavailable', Number(response.headers.get('retry-after') ?? 0) * 1000 || 0);
  return response;
}

/** A request whose token has expired is repeated once with a new one. */
async function renewing(input: Request): Promise<Response> {
  const spare = input.clone();
  const response = await send(input);
  const isSignIn = new URL(input.url).pathname.startsWith(`${BASE}/auth/`) && !input.url.endsWith('/me');
  if (response.status !== 401 || !accessToken || isSignIn) return response;
  const renewed = await refresh();
  if (!renewed) return response;
  spare.headers.set('authorization', `Bearer ${renewed.accessToken}`);
  return send(spare);
}

/** A read that failed because the service was away waits until it is back; what is written goes out when the person says so. */
export async function fetchAgain(input: Request): Promise<Response> {
  const { pathname, search } = new URL(input.url);
  if (input.method === 'GET') await service.until(pathname.slice(BASE.length) + search, input.signal);
  return renewing(input);
}

export const api = createClient<paths>({ baseUrl: BASE, fetch: fetchAgain });
api.use(headers);

/**
 * New tokens for the refresh cookie, or undefined when nobody is signed in (any more). One tab at a time: a cookie that is
 * used again and again looks stolen and ends the session.
 */
export async function refresh(): Promise<SignedIn | undefined> {
  const renew = async (): Promise<SignedIn | undefined> => {
    const response = await send(new Request(BASE + REFRESH, { method: 'POST' })).catch(() => undefined);
    if (!response) throw problemOf(undefined, undefined);
    if (response.status === 401) {
      service.answered(REFRESH);
      accessToken = undefined;
      onSessionEnd();
      return undefined;
    }
    if (!response.ok) throw await problemIn(response);
    const signedIn = (await response.json()) as SignedIn;
    keepToken(signedIn);
    return signedIn;
  };
  return oneAtATime(renew);
}

/** {@link refresh}, asked until it is answered: that the service is away does not sign anybody out. */
export async function refreshUntilAnswered(): Promise<SignedIn | undefined> {
  const pauses = new GrowingPause(1_000, 15_000);
  for (;;) {
    try {
      return await refresh();
    } catch (error) {
      if (!(error instanceof ProblemError) || !error.isTemporary) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauses.next()));
      await service.until(REFRESH);
    }
  }
}

/** The data of an answer. @throws ProblemError */
export async function dataOf<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
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
