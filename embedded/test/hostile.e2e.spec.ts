import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type CallableDocument, faultOf, hostileCalls, rawExchange, targetCorpus } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { root } from './processes.js';
import { System } from './system.js';

const document = JSON.parse(readFileSync(join(root, 'gateway/openapi.json'), 'utf8')) as CallableDocument;

describe('everything in one process', () => {
  let system: System;
  let tokens: Record<string, string>;
  beforeAll(async () => {
    system = await System.start('embedded', { env: { MEDFLOW_RATE_LIMITS: 'off' } });
    const [patient, doctor] = [await system.api.register('patient'), await system.api.register('doctor')];
    tokens = { patient: patient.token, doctor: doctor.token, admin: await system.api.administrator() };
  }, 120_000);
  afterAll(() => system?.discard(), 60_000);

  const calls = hostileCalls(document);
  it.each([...new Set(calls.map(({ method, path }) => `${method} ${path.split('?')[0]}`))])(
    'refuses bad input as such: %s',
    async (operation) => {
      const faults: string[] = [];
      for (const call of calls.filter(({ method, path }) => `${method} ${path.split('?')[0]}` === operation)) {
        const response = await fetch(`${system.url}/api/v1${call.path}`, {
          method: call.method,
          headers: {
            ...(tokens[call.as] && { authorization: `Bearer ${tokens[call.as]}` }),
            ...(call.body !== undefined && { 'content-type': 'application/json' }),
          },
          ...(call.body !== undefined && { body: call.body }),
        });
        const contentType = response.headers.get('content-type') ?? '';
        const text = await response.text();
        const body: unknown = contentType.includes('json') ? JSON.parse(text) : text;
        const fault = faultOf(call, { status: response.status, contentType, body });
        if (fault) faults.push(fault);
      }
      expect(faults).toEqual([]);
    },
    60_000,
  );

  it('answers no forged target with what is not public, nor with a fault of its own', async () => {
    let connections = 0;
    const decoy = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => decoy.listen(0, '127.0.0.1', resolve));
    const port = Number(new URL(system.url).port);
    // A stranger, whom a proxy brings.
    const head = `Host: 127.0.0.1:${port}\r\nX-Forwarded-For: 198.51.100.1\r\nConnection: close\r\n\r\n`;
    for (const target of targetCorpus({ port, decoyPort: (decoy.address() as AddressInfo).port })) {
      const answer = await rawExchange(port, `GET ${target} HTTP/1.1\r\n${head}`);
      if (answer && (answer.status >= 500 || /process_cpu_user|"checks"|"sentAt"/.test(answer.body)))
        throw new Error(`${answer.status} to ${JSON.stringify(target)}: ${answer.body.slice(0, 300)}`);
    }
    expect(connections).toBe(0);
    await new Promise((resolve) => decoy.close(resolve));
  }, 60_000);
});
