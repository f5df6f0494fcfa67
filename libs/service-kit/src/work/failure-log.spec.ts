import { FailureLog } from './failure-log.js';

describe('a log of failures', () => {
  it('says each kind when it first comes and at each doubling, whatever ids are in its words', () => {
    const lines: string[] = [];
    const log = new FailureLog((line) => lines.push(line));
    for (let n = 1; n <= 1_000; n += 1) log.failed('not sent', new Error(`letter ${n} of 1000`));
    log.failed('not sent', Object.assign(new Error('full'), { code: 'ENOSPC' }));
    expect(lines).toHaveLength(11);
    expect(lines[0]).toBe('not sent: letter 1 of 1000');
    expect(lines[9]).toBe('not sent: letter 512 of 1000 (512 times so far)');
    expect(lines[10]).toBe('not sent: full');
  });

  it('begins anew once it has gone well', () => {
    const lines: string[] = [];
    const log = new FailureLog((line) => lines.push(line));
    for (let n = 0; n < 3; n += 1) log.failed('not sent', new Error('no'));
    expect(log.succeeded()).toBe(3);
    expect(log.succeeded()).toBe(0);
    log.failed('not sent', new Error('no'));
    expect(lines.at(-1)).toBe('not sent: no');
  });

  it('holds no more kinds than it must', () => {
    const log = new FailureLog(() => undefined);
    for (let n = 0; n < 10_000; n += 1) log.failed('x', Object.assign(new Error('no'), { code: n }));
    expect(log.succeeded()).toBeLessThanOrEqual(100);
  });
});
