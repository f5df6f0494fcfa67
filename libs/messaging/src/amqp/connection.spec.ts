import { EventEmitter } from 'node:events';
import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

const HOUR_MS = 3_600_000;
/** Doublings to half a minute, then a quarter to half a minute each time. */
const MOST_ATTEMPTS = 250;
const MOST_LINES = 12;

const broker = { connects: 0, answer: (): Promise<EventEmitter> => Promise.reject(new Error('refused')) };
jest.unstable_mockModule('amqplib', () => ({
  connect: () => {
    broker.connects += 1;
    return broker.answer();
  },
}));
const { AmqpConnection } = await import('./connection.js');

/** A connection that is cut after so long. */
const cutAfter = (ms: number) => async () => {
  const model = Object.assign(new EventEmitter(), { close: async () => void model.emit('close') });
  setTimeout(() => model.emit('close'), ms);
  return model;
};

let lines: string[];
beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse('2026-11-23T09:00:00Z') });
  lines = [];
  broker.connects = 0;
  jest.spyOn(Logger.prototype, 'log').mockImplementation(() => undefined);
  jest.spyOn(Logger.prototype, 'warn').mockImplementation((line: unknown) => void lines.push(String(line)));
});
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

async function anHour(setup: () => Promise<void> = async () => undefined): Promise<void> {
  const connection = new AmqpConnection('amqp://broker', 'tests out', setup);
  void connection.start();
  await jest.advanceTimersByTimeAsync(HOUR_MS);
  await connection.close();
}

describe('an hour in which the broker', () => {
  it('is away costs no more than it must', async () => {
    broker.answer = () => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
    await anHour();
    expect(broker.connects).toBeGreaterThan(60);
    expect(broker.connects).toBeLessThan(MOST_ATTEMPTS);
    expect(lines.length).toBeLessThan(MOST_LINES);
  });

  it('lets us in and cuts us off at once costs no more', async () => {
    broker.answer = cutAfter(100);
    await anHour();
    expect(broker.connects).toBeLessThan(MOST_ATTEMPTS);
    expect(lines.length).toBeLessThan(MOST_LINES);
  });

  it('refuses what we declare costs no more', async () => {
    broker.answer = cutAfter(HOUR_MS);
    await anHour(() => Promise.reject(new Error('PRECONDITION_FAILED')));
    expect(broker.connects).toBeLessThan(MOST_ATTEMPTS);
    expect(lines.length).toBeLessThan(MOST_LINES);
  });
});

it('a connection that lasted is taken up again at once', async () => {
  broker.answer = cutAfter(60_000);
  const connection = new AmqpConnection('amqp://broker', 'tests out', async () => undefined);
  void connection.start();
  await jest.advanceTimersByTimeAsync(10 * 60_300);
  // Ten minutes, ten connections: no pause has grown.
  expect(broker.connects).toBeGreaterThanOrEqual(10);
  await connection.close();
});
