import { type ArgumentsHost, Logger } from '@nestjs/common';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { DatabaseUnavailable } from '../mongo/outage.js';
import { ProblemFilter } from './problem.filter.js';

/** What the caller is told of an error, and what is written down. */
function caught(error: unknown, publicUrl?: string) {
  const written = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  const answer = { status: 0, headers: {} as Record<string, string>, body: '' };
  const reply = {
    sent: false,
    header: (name: string, value: string) => ((answer.headers[name] = value), reply),
    status: (status: number) => ((answer.status = status), reply),
    type: (type: string) => ((answer.headers['content-type'] = type), reply),
    send: (body: string) => ((answer.body = body), reply),
  };
  const request = { id: 'request-1', url: '/payments/p1?card=4242', headers: {} };
  const http = { getRequest: () => request, getResponse: () => reply };
  new ProblemFilter({}, publicUrl).catch(error, { switchToHttp: () => http } as unknown as ArgumentsHost);
  return { answer, written: written.mock.calls };
}

describe('an error that nobody foresaw', () => {
  afterEach(() => void jest.restoreAllMocks());

  it('is told to the log, with the request that it met, and not to the caller', () => {
    const error = new Error('duplicate key { email: "amina@example.tn" } at mongodb://user:secret@host');
    const { answer, written } = caught(error);
    expect(answer.status).toBe(500);
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'application/problem+json',
    });
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'internal-error', requestId: 'request-1' });
    expect(answer.body).not.toMatch(/amina|mongodb|secret|duplicate|at .*\.ts/);
    expect(written).toEqual([[{ err: error, requestId: 'request-1', url: '/payments/p1' }, 'request failed']]);
  });

  it.each(['text', 7, { status: 200 }, { statusCode: 200 }, { code: true, kind: 'conflict' }])(
    'is a fault of ours whatever was thrown: %j',
    (thrown) => {
      const { answer, written } = caught(thrown);
      expect([answer.status, written.length]).toEqual([500, 1]);
    },
  );

  it('is none where the database is away, of which the log knows already', () => {
    const { answer, written } = caught(new DatabaseUnavailable('away'));
    expect([answer.status, answer.headers['retry-after'], written]).toEqual([503, '2', []]);
  });
});

describe('the type of a problem', () => {
  const typeOf = (publicUrl?: string) =>
    (JSON.parse(caught(new Error('x'), publicUrl).answer.body) as { type: string }).type;

  it.each([
    ['https://clinic.example', 'https://clinic.example/problems/internal-error'],
    ['https://clinic.example/', 'https://clinic.example/problems/internal-error'],
    [undefined, '/problems/internal-error'],
  ])('is a page of this installation: %s', (publicUrl, type) => {
    expect(typeOf(publicUrl)).toBe(type);
  });
});
