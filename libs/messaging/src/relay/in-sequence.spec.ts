import { describe, expect, it } from '@jest/globals';
import { inSequence } from './in-sequence.js';
import type { OutboxRow } from '../outbox.js';

const row = (subject: string, sequence: number, _id = `${subject}${sequence}`): OutboxRow => ({
  _id,
  type: 't',
  subject,
  sequence,
  live: false,
  body: '',
  at: new Date(0),
});
const ids = (rows: OutboxRow[]) => rows.map(({ _id }) => _id);

describe('the order of a batch', () => {
  it('is that of the rows, except that versions of one aggregate never go backwards', () => {
    expect(ids(inSequence([row('a', 2), row('b', 1), row('a', 1), row('c', 1)]))).toEqual(['a1', 'b1', 'a2', 'c1']);
  });

  it('keeps several facts of one version as they came', () => {
    expect(ids(inSequence([row('a', 1, 'first'), row('a', 1, 'second'), row('a', 1, 'third')]))).toEqual([
      'first',
      'second',
      'third',
    ]);
  });
});
