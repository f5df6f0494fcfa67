import { describe, expect, it } from '@jest/globals';
import { defineContract } from '@medflow/contracts';
import { IsString } from 'class-validator';
import { LivePublisher } from './live-publisher.js';
import type { OutgoingMessage } from './transport.js';

class Note {
  @IsString() text: string;
}
const flashed = defineContract({ type: 'tests.flashed.v1', data: Note, example: { text: 'a' }, live: true });
const news = [{ contract: flashed, subject: 'n1', sequence: 1, data: { text: 'now' } }];

function publisher(outcome: () => Promise<'taken'>) {
  const sent: OutgoingMessage[] = [];
  const lines: string[] = [];
  const publish = (messages: OutgoingMessage[]) => messages.map((message) => (sent.push(message), outcome()));
  return { sent, lines, live: new LivePublisher('tests', { publish }, { warn: (line: string) => lines.push(line) }) };
}

describe('live news', () => {
  it('goes to the bus as an event of its contract that nobody has to take', () => {
    const { live, sent } = publisher(async () => 'taken');
    live.publish(news);
    expect(sent).toMatchObject([{ type: flashed.type, subject: 'n1', live: true }]);
    expect(JSON.parse(sent[0]!.body)).toMatchObject({ source: '/medflow/tests', data: { text: 'now' } });
  });

  it('is given up, with a line, when there is no bus', async () => {
    const { live, sent, lines } = publisher(() => Promise.reject(new Error('no connection')));
    live.publish(news);
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toHaveLength(1);
    expect(lines).toEqual([expect.stringContaining('no connection')]);
  });

  it('says nothing that its contract does not name', () => {
    const { live, sent } = publisher(async () => 'taken');
    expect(() => live.publish([{ ...news[0]!, data: { text: 'a', passwordHash: 'x' } as Note }])).toThrow(
      'passwordHash',
    );
    expect(sent).toEqual([]);
  });
});
