import { describe, expect, it } from '@jest/globals';
import type { IncomeRead } from '../../application/read-income.js';
import { harmless, incomeCsv } from './income-csv.js';

const line = (firstName: string, lastName = ''): IncomeRead => ({
  id: 'c1:refunded',
  kind: 'refund',
  at: new Date('2026-11-23T09:00:00Z'),
  appointmentId: 'a1',
  patientId: 'p1',
  amount: -12_340,
  fee: 0,
  currency: 'TND',
  patient: { id: 'p1', firstName, lastName, language: 'fr', timeZone: 'Africa/Tunis', figuresTimeZone: 'Africa/Tunis' },
});

async function fileOf(...lines: IncomeRead[]): Promise<string> {
  const all = async function* () {
    yield* lines;
  };
  const parts: Buffer[] = [];
  for await (const part of incomeCsv(all())) parts.push(Buffer.from(part as Buffer));
  return Buffer.concat(parts).toString('utf8').replace('\ufeff', '');
}

/** The cells as a reader has them that separates by `separator`: a quote counts at the start of a cell only. */
function cellsOf(file: string, separator: string): string[] {
  const cells: string[] = [];
  let rest = file;
  while (rest.length > 0) {
    const quoted = rest.startsWith('"') ? /^"((?:[^"]|"")*)"/.exec(rest) : null;
    const after = quoted ? rest.slice(quoted[0].length) : rest;
    const end = [...after].findIndex(
      (character) => character === separator || character === '\n' || character === '\r',
    );
    const tail = end < 0 ? after : after.slice(0, [...after].slice(0, end).join('').length);
    cells.push((quoted?.[1]?.replaceAll('""', '"') ?? '') + tail);
    rest = end < 0 ? '' : after.slice(tail.length + 1);
  }
  return cells;
}

const hostile = [
  '=cmd|calc',
  '+1+1',
  '-1+1',
  '-5',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '  =1',
  '"=1"',
  "'=1",
  '\u200b=1',
  '＝1',
  '＋1',
  '－1',
  '＠1',
  'a;=1',
  'a,=1',
  'a; "=1',
  'a\t+1',
  'a\n-1',
  'a\r\n@1',
];

describe('the file of a doctor’s income', () => {
  it.each(hostile)('begins no formula with %j, whichever character separates its cells', async (name) => {
    const file = await fileOf(line(name), line('Amina', name));
    for (const separator of [',', ';', '\t', '|']) {
      const run = cellsOf(file, separator).filter((cell) => /^[\s\p{Cf}"]*[=+\-@＝＋－＠]/u.test(cell));
      // Amounts are the file's own.
      expect(run.filter((cell) => !/^-\d+\.\d{3}$/.test(cell))).toEqual([]);
    }
  });

  it('quotes what either reader would part', async () => {
    const row = (await fileOf(line('Ben;Salah', 'O"Brien, Jr'))).split('\r\n')[1];
    expect(row).toBe('2026-11-23T09:00:00.000Z,refund,,a1,"Ben;Salah O""Brien, Jr",-12.340,0.000,-12.340,TND');
  });

  it('leaves names as they are written', () => {
    for (const name of ['Anne-Marie', 'Ben Salah', 'علي', 'a=b', 'c@d', 'O’Brien']) expect(harmless(name)).toBe(name);
  });
});
