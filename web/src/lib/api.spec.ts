import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const HOST = 'http://medflow.test';
/** As in a page: addresses are of the host that it came from. */
vi.stubGlobal(
  'Request',
  class extends Request {
    constructor(input: RequestInfo | URL, init?: RequestInit) {
      super(typeof input === 'string' && input.startsWith('/') ? HOST + input : input, init);
    }
  },
);
vi.stubGlobal('localStorage', {});
vi.stubGlobal('document', { documentElement: { lang: 'fr' } });

let sent: Request[];
let answer: (path: string, request: Request) => Response | Promise<Response>;

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
const away = () => json(503, { code: 'service-unavailable', detail: 'Indisponible' }, { 'retry-after': '2' });
const signedIn = { accessToken: 'new', expiresIn: 900, account: { id: '1' } };
const paths = () => sent.map(({ method, url }) => `${method} ${url.slice(`${HOST}/api/v1`.length)}`);

type Client = typeof import('./api');
let client: Client;
let ended: number;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  sent = [];
  vi.stubGlobal('navigator', { locks: { request: (_name: string, work: () => unknown) => work() } });
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push(request);
    return answer(new URL(request.url).pathname.slice('/api/v1'.length), request);
  });
  client = await import('./api');
  ended = 0;
  client.whenSessionEnds(() => (ended += 1));
});
afterEach(() => {
  vi.useRealTimers();
});

describe('while the service is away, the session', () => {
  it('goes on: a token that cannot be renewed is kept, and renewed once it can be', async () => {
    client.keepToken({ accessToken: 'old', expiresIn: 900 });
    answer = away;
    await expect(client.refresh()).rejects.toMatchObject({ status: 503, code: 'service-unavailable' });
    await vi.advanceTimersByTimeAsync(20_000);
    expect([ended, client.currentToken(), client.service.state()]).toEqual([0, 'old', 'unavailable']);
    answer = () => json(200, signedIn);
    await vi.advanceTimersByTimeAsync(20_000);
    expect([ended, client.currentToken(), client.service.state()]).toEqual([0, 'new', 'up']);
  });

  it.each([
    ['says 503', away],
    ['cannot be reached', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['is behind a proxy that says 502', () => new Response('<html>', { status: 502 })],
    ['wants fewer requests', () => json(429, { code: 'too-many-requests' })],
  ])('of a page that is opened is found once it is back (%s)', async (_how, failure) => {
    answer = failure;
    const found = client.refreshUntilAnswered();
    await vi.advanceTimersByTimeAsync(40_000);
    expect(ended).toBe(0);
    const attempts = sent.length;
    expect(attempts).toBeGreaterThan(2);
    expect(attempts).toBeLessThan(16);
    answer = () => json(200, signedIn);
    await vi.advanceTimersByTimeAsync(31_000);
    await expect(found).resolves.toMatchObject({ account: { id: '1' } });
  });

  it('ends when it is told so', async () => {
    client.keepToken({ accessToken: 'old', expiresIn: 900 });
    answer = away;
    const found = client.refreshUntilAnswered();
    await vi.advanceTimersByTimeAsync(10_000);
    answer = () => json(401, { code: 'unauthenticated' });
    await vi.advanceTimersByTimeAsync(31_000);
    await expect(found).resolves.toBeUndefined();
    expect(ended).toBeGreaterThan(0);
    expect(client.currentToken()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(client.service.state()).toBe('up');
  });

  it('is not asked for ever by what will be refused for ever', async () => {
    answer = () => json(403, { code: 'foreign-origin' });
    await expect(client.refreshUntilAnswered()).rejects.toMatchObject({ status: 403 });
    expect(sent).toHaveLength(1);
  });

  it('survives a token that ends meanwhile', async () => {
    client.keepToken({ accessToken: 'old', expiresIn: 900 });
    answer = (path) => (path === '/auth/refresh' ? away() : json(401, { code: 'unauthenticated' }));
    await expect(client.dataOf(client.api.GET('/appointments'))).rejects.toMatchObject({ isOutage: true });
    expect([ended, client.currentToken()]).toEqual([0, 'old']);
    answer = (path, { headers }) =>
      path === '/auth/refresh'
        ? json(200, signedIn)
        : json(headers.get('authorization') === 'Bearer new' ? 200 : 401, { items: [] });
    await vi.advanceTimersByTimeAsync(15_000);
    await expect(client.dataOf(client.api.GET('/appointments'))).resolves.toEqual({ items: [] });
  });
});

describe('while the service is away, a page', () => {
  const observe = async () => {
    const { newQueryClient } = await import('./queries');
    const queries = newQueryClient();
    queries.mount();
    const observer = new QueryObserver(queries, {
      queryKey: ['appointments'],
      queryFn: ({ signal }) => client.dataOf(client.api.GET('/appointments', { signal })),
    });
    const stop = observer.subscribe(() => undefined);
    return { queries, observer, stop };
  };

  it('that had loaded keeps what it shows, asks seldom, and is fresh once it is back', async () => {
    client.keepToken({ accessToken: 'token', expiresIn: 900 });
    answer = () => json(200, { items: ['old'] });
    const { queries, observer, stop } = await observe();
    await vi.advanceTimersByTimeAsync(10);
    answer = away;
    void queries.invalidateQueries();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(observer.getCurrentResult()).toMatchObject({ status: 'success', data: { items: ['old'] } });
    expect(client.service.state()).toBe('unavailable');
    expect(sent.length).toBeLessThan(14);
    answer = () => json(200, { items: ['new'] });
    await vi.advanceTimersByTimeAsync(16_000);
    expect(observer.getCurrentResult()).toMatchObject({ status: 'success', data: { items: ['new'] } });
    stop();
  });

  it('that has nothing to show yet waits, without an error, for what other failures are told', async () => {
    answer = away;
    const { observer, stop } = await observe();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(observer.getCurrentResult().status).toBe('pending');
    answer = () => json(500, { code: 'internal-error' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(observer.getCurrentResult().status).toBe('error');
    stop();
  });

  it('does not call a payment provider’s absence its own', async () => {
    answer = () => json(503, { code: 'payment-provider-unavailable' });
    await expect(client.dataOf(client.api.POST('/payments', { body: {} as never }))).rejects.toMatchObject({
      code: 'payment-provider-unavailable',
      isOutage: false,
      isTemporary: true,
    });
    expect(client.service.state()).toBe('up');
  });

  it('sends what is written at once, and as often as the person says so', async () => {
    client.keepToken({ accessToken: 'token', expiresIn: 900 });
    answer = away;
    const book = () => client.dataOf(client.api.POST('/appointments', { body: { slotId: 'a' } as never }));
    for (let times = 0; times < 3; times += 1) await expect(book()).rejects.toMatchObject({ status: 503 });
    expect(paths()).toEqual(['POST /appointments', 'POST /appointments', 'POST /appointments']);
    answer = (_path, { method }) => (method === 'POST' ? json(201, { id: '1' }) : away());
    await expect(book()).resolves.toEqual({ id: '1' });
    expect(client.service.state()).toBe('back');
  });
});
