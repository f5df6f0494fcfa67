import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideRefresh, type RefreshSecrets, repeated, replaced } from './refresh-secrets.js';

const start = new Date('2026-11-23T09:00:00Z');
const at = (milliseconds: number): Date => new Date(start.getTime() + milliseconds);
const first: RefreshSecrets = { newest: 'first' };
const second = replaced(first, { digest: 'second', salt: 'salt' }, start);
const third = replaced(second, { digest: 'third', salt: 'another' }, at(1000));

describe('refresh secrets', () => {
  it('replace the newest', () => {
    expect(decideRefresh(first, 'first', start)).toBe('replace');
    expect(decideRefresh(second, 'second', start)).toBe('replace');
  });

  it('give the previous one its answer again within 20 s', () => {
    expect(decideRefresh(second, 'first', start)).toBe('repeat');
    expect(decideRefresh(second, 'first', at(19_999))).toBe('repeat');
    // Replicas' clocks are a little apart.
    expect(decideRefresh(second, 'first', at(-500))).toBe('repeat');
  });

  it.each<[string, RefreshSecrets, string, Date]>([
    ['the previous one after 20 s', second, 'first', at(20_000)],
    ['the previous one a second time', repeated(second), 'first', start],
    ['the one before the previous', third, 'first', at(1000)],
    ['the one before the previous, whose grace was not used', third, 'first', start],
    ['one that was never given out', second, 'fourth', start],
    ['an empty one', first, '', start],
  ])('end the session for %s', (_, secrets, presented, now) => {
    expect(decideRefresh(secrets, presented, now)).toBe('end');
  });

  it('leave the newest as it is when an answer is given again', () => {
    expect(decideRefresh(repeated(second), 'second', at(60_000))).toBe('replace');
    expect(repeated(first)).toBe(first);
  });

  it('are one line: whatever was presented when, exactly one secret is to be replaced and at most one repeated', () => {
    const presentation = fc.record({ back: fc.integer({ min: 0, max: 3 }), wait: fc.integer({ min: 0, max: 40_000 }) });
    fc.assert(
      fc.property(fc.array(presentation, { maxLength: 30 }), (presentations) => {
        const given = ['0'];
        let secrets: RefreshSecrets = { newest: '0' };
        let now = 0;
        for (const { back, wait } of presentations) {
          now += wait;
          const decision = decideRefresh(secrets, given.at(-1 - back) ?? 'never given', at(now));
          if (decision === 'end') return;
          if (decision === 'replace') given.push(String(given.length));
          secrets =
            decision === 'replace'
              ? replaced(secrets, { digest: given.at(-1)!, salt: 'salt' }, at(now))
              : repeated(secrets);
          const decisions = given.map((secret) => decideRefresh(secrets, secret, at(now)));
          expect(decisions.filter((one) => one === 'replace')).toHaveLength(1);
          expect(decisions.at(-1)).toBe('replace');
          expect(decisions.filter((one) => one === 'repeat').length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
