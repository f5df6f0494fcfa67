import { mongo, MongooseError } from 'mongoose';
import { DatabaseUnavailable, isDuplicateKey, isOutage } from './outage.js';

const server = (code: number, labels: string[] = []): mongo.MongoServerError =>
  new mongo.MongoServerError({ message: 'said by the server', code, errorLabels: labels });

const bulk = (error: object): mongo.MongoBulkWriteError =>
  new mongo.MongoBulkWriteError(error as never, { insertedCount: 0 } as never);

describe('outages of the database', () => {
  it.each([10107, 13435, 13436, 10058, 189, 11600, 11602, 91, 262, 6, 7, 89, 9001, 64, 251, 112, 1, 14031])(
    'are told by the server with code %d, alone and within what wraps it',
    (code) => {
      expect(isOutage(server(code))).toBe(true);
      expect(isOutage(bulk(server(code)))).toBe(true);
      expect(isOutage(bulk({ message: 'one of many', code, writeErrors: [] }))).toBe(true);
      expect(isOutage(new mongo.MongoWriteConcernError({ ok: 1, writeConcernError: { code, errmsg: '' } }))).toBe(true);
      expect(isOutage(new Error('mongoose', { cause: server(code) }))).toBe(true);
      expect(isOutage(Object.assign(new MongooseError('mongoose'), { reason: server(code) }))).toBe(true);
    },
  );

  it('are lost connections, pools that were cleared and servers that cannot be chosen', () => {
    const named = (name: string) => Object.defineProperty(new Error('of the driver'), 'name', { value: name });
    expect(isOutage(new mongo.MongoNetworkError('connection closed'))).toBe(true);
    expect(isOutage(new mongo.MongoServerSelectionError('none', {} as never))).toBe(true);
    for (const name of [
      'MongoPoolClearedError',
      'PoolClearedOnNetworkError',
      'MongoPoolClosedError',
      'MongoWaitQueueTimeoutError',
      'MongoNetworkTimeoutError',
      'MongooseServerSelectionError',
    ])
      expect([name, isOutage(named(name))]).toEqual([name, true]);
    expect(isOutage(new MongooseError('Operation `people.find()` buffering timed out after 10000ms'))).toBe(true);
    expect(isOutage(Object.assign(new Error('This socket has been ended by the other party'), { code: 'EPIPE' }))).toBe(
      true,
    );
    expect(isOutage(bulk(new mongo.MongoNetworkError('cut')))).toBe(true);
  });

  it('are what a server labels as passing', () => {
    expect(isOutage(server(20, ['TransientTransactionError']))).toBe(true);
    expect(isOutage(server(79, ['RetryableWriteError']))).toBe(true);
  });

  it('are our own refusals while it is known to be out of reach', () => {
    expect(isOutage(new DatabaseUnavailable('down'))).toBe(true);
  });

  it('are no answers: duplicate keys, missing rights, wrong queries, errors of other things', () => {
    expect(isOutage(server(11000))).toBe(false);
    expect(isOutage(bulk({ message: 'dup', code: 11000, writeErrors: [{ code: 11000 }] }))).toBe(false);
    expect(isDuplicateKey(bulk({ message: 'dup', code: 11000, writeErrors: [] }))).toBe(true);
    for (const code of [13, 18, 2, 9, 20, 59]) expect(isOutage(server(code))).toBe(false);
    expect(isOutage(Object.assign(new Error('a program ended'), { code: 1 }))).toBe(false);
    expect(isOutage(new TypeError('ours'))).toBe(false);
    expect(isOutage(undefined)).toBe(false);
    expect(isOutage('text')).toBe(false);
  });

  it('can be told of errors that refer to themselves', () => {
    const error: Error & { cause?: unknown } = new Error('a circle');
    error.cause = error;
    expect(isOutage(error)).toBe(false);
  });
});
