import type { RequestListener } from 'node:http';
import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { canBeHandedOver, handOver } from './hand-over.js';
import type { HandedAnswer } from './handed-response.js';

const head = { method: 'GET', url: '/doctors', headers: {} };

const asked = (listener: RequestListener, silentMs: number): Promise<HandedAnswer> =>
  new Promise((resolve, reject) =>
    handOver(listener, head, undefined, silentMs, (error, answer) => (error ? reject(error) : resolve(answer!))),
  );

const textOf = async (body: HandedAnswer['body']): Promise<string> => {
  let text = '';
  for await (const chunk of body as Readable) text += String(chunk);
  return text;
};

describe('a server that is asked within the process', () => {
  it('is given up when it says nothing for too long, and learns of it', async () => {
    let aborted = false;
    const silent: RequestListener = (request) => void request.on('aborted', () => (aborted = true));
    await expect(asked(silent, 20)).rejects.toThrow('silent too long');
    expect(aborted).toBe(true);
  });

  it('is given up in the middle of a body as well', async () => {
    const { body } = await asked((_request, response) => void response.write('half'), 20);
    await expect(textOf(body)).rejects.toThrow('hung up in the middle');
  });

  it('may take longer as long as something comes', async () => {
    const { body } = await asked((_request, response) => {
      let sent = 0;
      const timer = setInterval(() => {
        response.write('.');
        if ((sent += 1) < 10) return;
        clearInterval(timer);
        response.end();
      }, 20);
    }, 100);
    expect(await textOf(body)).toBe('..........');
  });

  it('is not given up because its reader is slow', async () => {
    const { body } = await asked((_request, response) => {
      response.write(Buffer.alloc(1_000_000));
      response.end('x');
    }, 20);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await textOf(body)).length).toBe(1_000_001);
  });

  it('answers once', async () => {
    const { statusCode, body } = await asked((_request, response) => {
      response.writeHead(201).end('first');
      expect(() => response.writeHead(500)).toThrow('sent already');
      response.end('second');
    }, 1_000);
    expect([statusCode, String(body)]).toEqual([201, 'first']);
  });
});

it('heads that a server might refuse are none to be handed over', () => {
  expect(canBeHandedOver(head)).toBe(true);
  expect(canBeHandedOver({ ...head, url: `/${'a'.repeat(9_000)}` })).toBe(false);
  expect(canBeHandedOver({ ...head, headers: { 'x-large': 'a'.repeat(9_000) } })).toBe(false);
});

describe('a body that is handed over as it comes', () => {
  const upload = (listener: RequestListener, body: Readable, silentMs: number): Promise<HandedAnswer> =>
    new Promise((resolve, reject) =>
      handOver(listener, { ...head, method: 'POST' }, body, silentMs, (error, answer) =>
        error ? reject(error) : resolve(answer!),
      ),
    );

  it('is read at the pace of the service, which is not taken for silent meanwhile', async () => {
    let made = 0;
    let ahead = 0;
    let read = 0;
    const source = new Readable({
      highWaterMark: 65_536,
      read() {
        if (made === 20 * 1_048_576) return void this.push(null);
        made += 65_536;
        this.push(Buffer.alloc(65_536));
      },
    });
    const { statusCode } = await upload(
      (request, response) => {
        request.on('data', (chunk: Buffer) => {
          read += chunk.length;
          ahead = Math.max(ahead, made - read);
          request.pause();
          setTimeout(() => request.resume(), 1);
        });
        request.on('end', () => response.writeHead(201).end());
      },
      source,
      100,
    );
    expect([statusCode, read]).toEqual([201, 20 * 1_048_576]);
    expect(ahead).toBeLessThan(1_048_576);
  });

  it('tells the service when it is cut off', async () => {
    let aborted = false;
    const source = new Readable({ read: () => undefined });
    source.on('error', () => undefined).push('half');
    setTimeout(() => source.destroy(new Error('gone')), 20);
    const answered = upload(
      (request, response) => {
        request.on('aborted', () => {
          aborted = true;
          response.destroy();
        });
        request.resume();
      },
      source,
      1_000,
    );
    await expect(answered).rejects.toThrow();
    expect(aborted).toBe(true);
  });
});
