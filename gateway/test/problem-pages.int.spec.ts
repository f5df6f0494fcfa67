import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Door } from './door.js';

let door: Door;

beforeAll(async () => {
  door = await Door.open();
});
afterAll(() => door.close());

const page = (path: string, language = 'fr') =>
  fetch(door.harness.url + path, { headers: { 'accept-language': language } });

/** What is answered to bytes that are no request. */
const answerTo = (port: number, bytes: string) =>
  new Promise<string>((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => (text += String(chunk)));
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });

describe('the page about a problem', () => {
  it('is where the type of a refusal leads, whoever refused', async () => {
    for (const path of ['/api/v1/appointments', '/api/v1/nowhere', '/api/v1/doctors/me/dashboard']) {
      const { type, code } = (await (await fetch(door.harness.url + path)).json()) as { type: string; code: string };
      const answer = await page(type);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(await answer.text()).toContain(`>${code}<`);
    }
  });

  it('is at the public address, where there is one', async () => {
    const elsewhere = await Door.open({ PUBLIC_URL: 'https://clinic.example/' });
    try {
      const type = 'https://clinic.example/problems/unauthenticated';
      for (const path of ['/api/v1/appointments', '/api/v1/doctors/me/dashboard'])
        expect(await (await fetch(elsewhere.harness.url + path)).json()).toMatchObject({ type });
      expect(await answerTo(elsewhere.port, 'nonsense\r\n\r\n')).toContain(
        '"type":"https://clinic.example/problems/malformed-request"',
      );
    } finally {
      await elsewhere.close();
    }
  });

  it.each([
    ['fr', 'ltr', 'Ce créneau n’est plus disponible'],
    ['en', 'ltr', 'This slot is no longer available'],
    ['ar', 'rtl', 'لم يعد هذا الموعد متاحًا'],
  ])('speaks the reader’s language: %s', async (language, direction, title) => {
    const answer = await page('/problems/slot-taken', language);
    expect([answer.headers.get('content-language'), answer.headers.get('vary')]).toEqual([language, 'accept-language']);
    const text = await answer.text();
    expect(text).toContain(`<html lang="${language}" dir="${direction}">`);
    expect(text).toContain(`<h1>${title}</h1>`);
    expect(await (await page(`/problems/slot-taken?lang=${language}`, 'de')).text()).toContain(`<h1>${title}</h1>`);
  });

  it('runs no script, and its style is its own', async () => {
    const answer = await page('/problems/slot-taken');
    const policy = answer.headers.get('content-security-policy')!;
    const nonce = /style-src 'self' 'nonce-([\w-]+)'/.exec(policy)?.[1];
    const text = await answer.text();
    expect(text).toContain(`<style nonce="${nonce}">`);
    expect(text).not.toMatch(/<script|style="/);
  });

  it.each(['nothing', 'constructor', '__proto__', 'slot-taken%3Cb%3E', '%00', ''])(
    'is not there for what is no code: « %s »',
    async (code) => {
      const answer = await page(`/problems/${code}`);
      expect([answer.status >= 400 && answer.status < 500, answer.headers.get('content-type')]).toEqual([
        true,
        expect.stringContaining('application/problem+json'),
      ]);
    },
  );

  it('takes no language that is not one', async () => {
    for (const query of ['?lang=de', '?lang=%3Cscript%3E', '?lang=fr&lang=ar', '?lang[]=ar', '?lang=']) {
      const answer = await page(`/problems/slot-taken${query}`, 'en');
      expect([answer.status, answer.headers.get('content-language')]).toEqual([200, 'en']);
    }
  });
});
