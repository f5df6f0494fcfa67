import { CompactEncrypt } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LinkRefused, needsPasscode, openLink, payloadOf } from './link';

const keyBytes = new Uint8Array(32).fill(7);
const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '');
const key = base64url(keyBytes);
const link = { url: 'https://medflow.example/api/v1/shl/abc', key };
const fragment = (payload: object) => `#shlink:/${base64url(new TextEncoder().encode(JSON.stringify(payload)))}`;

const jweOf = (content: object, secret = keyBytes) =>
  new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', zip: 'DEF', cty: 'application/fhir+json' })
    .encrypt(secret);
const answers = (...given: [status: number, body: unknown][]) => {
  const fetched = vi.fn<typeof fetch>();
  for (const [status, body] of given)
    fetched.mockResolvedValueOnce(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }));
  vi.stubGlobal('fetch', fetched);
  return fetched;
};
const reasonOf = (opening: Promise<unknown>) =>
  opening.then(() => 'opened').catch((error: LinkRefused) => error.reason);

describe('a SMART Health Link', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is read from the fragment of the page', () => {
    expect(payloadOf(fragment({ ...link, flag: 'P', label: 'Été', v: 1 }))).toMatchObject({ key, label: 'Été' });
    expect(needsPasscode({ ...link, flag: 'LP' })).toBe(true);
    expect(needsPasscode(link)).toBe(false);
  });

  it.each(['', '#', '#shlink:/', '#shlink:/e30', '#shlink:/%%%', fragment({ url: 'x', key: 'short' })])(
    'is none: %s',
    (given) => expect(payloadOf(given)).toBeUndefined(),
  );

  it('is opened here: its key goes to nobody', async () => {
    const fetched = answers([
      200,
      { files: [{ contentType: 'application/fhir+json', embedded: await jweOf({ a: 1 }) }] },
    ]);
    expect(await openLink(link, 'Dr Z', '2468')).toEqual({ a: 1 });
    const [, request] = fetched.mock.calls[0]!;
    expect(JSON.parse(request!.body as string)).toEqual({ recipient: 'Dr Z', passcode: '2468' });
    expect(JSON.stringify(fetched.mock.calls)).not.toContain(key);
  });

  it('follows to where its file is', async () => {
    const location = 'https://medflow.example/api/v1/shl/abc/files/1.x';
    answers([200, { files: [{ contentType: 'application/fhir+json', location }] }], [200, await jweOf({ a: 2 })]);
    expect(await openLink(link, 'Dr Z')).toEqual({ a: 2 });
  });

  it('says why it does not open', async () => {
    answers([404, {}]);
    expect(await reasonOf(openLink(link, 'x'))).toBe('over');
    answers([401, { remainingAttempts: 3 }]);
    await expect(openLink(link, 'x')).rejects.toMatchObject({ reason: 'passcode', remainingAttempts: 3 });
    answers([401, { remainingAttempts: 0 }]);
    expect(await reasonOf(openLink(link, 'x'))).toBe('over');
    answers([503, {}]);
    expect(await reasonOf(openLink(link, 'x'))).toBe('unreachable');
    vi.stubGlobal('fetch', vi.fn<typeof fetch>().mockRejectedValue(new TypeError('blocked')));
    expect(await reasonOf(openLink(link, 'x'))).toBe('unreachable');
    const other = await jweOf({ a: 1 }, new Uint8Array(32).fill(8));
    answers([200, { files: [{ contentType: 'application/fhir+json', embedded: other }] }]);
    expect(await reasonOf(openLink(link, 'x'))).toBe('broken');
  });
});
