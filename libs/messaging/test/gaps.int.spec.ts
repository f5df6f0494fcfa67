import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { register } from 'prom-client';
import { Gaps, isCounted } from '../src/gaps.js';
import { eventually, noteOf, type Service, MessagingHarness } from './harness.js';

const QUARTER_MS = 15 * 60_000;

const countOf = async (queue: string): Promise<number> => {
  const { values } = await register.getSingleMetric('medflow_event_gaps_total')!.get();
  return values.find(({ labels }) => labels['queue'] === queue)?.value ?? 0;
};

describe('gaps in the sequence of a subject', () => {
  let harness: MessagingHarness;
  let service: Service;
  let before: number;
  beforeEach(async () => {
    harness = await MessagingHarness.open('in-process');
    service = await harness.service();
    before = await countOf('tests.latest');
  });
  afterEach(() => harness.close());

  async function give(sequence: number, subject = 'doctor', over: object = {}): Promise<void> {
    const text = `${subject} ${sequence}`;
    await harness.post(harness.envelope(text, { subject, sequence, ...over }), { subject });
    await eventually(async () => expect(await harness.effects('notes')).toContain(text));
    await eventually(async () => expect(await harness.outbox.countDocuments()).toBe(0));
  }
  const found = async (afterMs: number) => {
    await service.app.get(Gaps).reportOverdue(new Date(Date.now() + afterMs));
    return (await countOf('tests.latest')) - before;
  };

  it('are counted once, when what lacks has not come after its last retry', async () => {
    await give(1);
    await give(4);
    expect(await found(QUARTER_MS - 60_000)).toBe(0);
    expect(await found(QUARTER_MS + 60_000)).toBe(2);
    expect(await found(QUARTER_MS + 60_000)).toBe(2);
  });

  it('are none when it comes late', async () => {
    await give(1);
    await give(4);
    await give(3);
    await give(2);
    expect(await found(QUARTER_MS + 60_000)).toBe(0);
  });

  it('are none for who joins later, and for what is told again', async () => {
    await give(7, 'joined');
    await give(8, 'joined');
    await give(1, 'filled');
    await give(5, 'filled', { replayed: true });
    expect(await found(QUARTER_MS + 60_000)).toBe(0);
  });
});

describe('a number that lacks', () => {
  const contract = (name: string, counter?: string) => noteOf(`tests.${name}.v1`, false, counter);
  const [barred, lifted, moved] = [contract('barred', 'account'), contract('lifted', 'account'), contract('moved')];
  const all = [barred, lifted, moved];

  it('means nothing to a queue that takes only some of the facts, or where something else moves the sequence', () => {
    const topology = {
      'a.whole': all.map(({ type }) => type),
      'a.part': [barred.type],
    };
    expect(isCounted(topology, all, 'a.whole', barred.type)).toBe(true);
    expect(isCounted(topology, all, 'a.part', barred.type)).toBe(false);
    expect(isCounted(topology, all, 'a.whole', moved.type)).toBe(false);
  });
});
