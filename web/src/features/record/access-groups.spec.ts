import { describe, expect, it } from 'vitest';
import { groupsOf } from './access-groups';
import type { AccessLine } from './calls';

const karim = { id: 'doctor-1', firstName: 'Karim', lastName: 'Trabelsi', photo: null };
const leila = { ...karim, id: 'doctor-2', firstName: 'Leïla' };

let count = 0;
const line = (given: Partial<AccessLine> = {}): AccessLine => ({
  line: (count += 1),
  at: '2026-03-02T10:00:00Z',
  actor: karim,
  role: 'doctor',
  action: 'read-record',
  purpose: 'care',
  ...given,
});
const grouped = (...lines: AccessLine[]) => groupsOf(lines, 'Africa/Tunis');

describe('who opened the record', () => {
  it('is told once for what somebody did in one go, each action once, in the order of the first', () => {
    const groups = grouped(
      line({ at: '2026-03-02T10:20:00Z', action: 'write-entry' }),
      line({ at: '2026-03-02T10:10:00Z' }),
      line({ at: '2026-03-02T10:05:00Z', action: 'read-vitals' }),
      line({ at: '2026-03-02T10:00:00Z' }),
    );
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({ from: '2026-03-02T10:00:00Z', to: '2026-03-02T10:20:00Z', day: '2026-03-02' });
    expect(groups[0]!.actions).toEqual([
      { action: 'read-record', count: 2 },
      { action: 'read-vitals', count: 1 },
      { action: 'write-entry', count: 1 },
    ]);
  });

  it('keeps people apart who were there at the same time', () => {
    const groups = grouped(
      line({ at: '2026-03-02T10:20:00Z' }),
      line({ at: '2026-03-02T10:15:00Z', actor: leila }),
      line({ at: '2026-03-02T10:10:00Z' }),
    );
    expect(groups.map(({ actor, actions }) => [actor!.id, actions[0]!.count])).toEqual([
      ['doctor-1', 2],
      ['doctor-2', 1],
    ]);
  });

  it('keeps visits apart: an hour without a line, another day, another reason to be allowed', () => {
    expect(grouped(line({ at: '2026-03-02T12:00:00Z' }), line({ at: '2026-03-02T10:00:00Z' }))).toHaveLength(2);
    // Midnight in Tunis lies between them.
    expect(grouped(line({ at: '2026-03-02T23:10:00Z' }), line({ at: '2026-03-02T22:50:00Z' }))).toHaveLength(2);
    expect(grouped(line({ purpose: 'care' }), line({ purpose: 'emergency' }))).toHaveLength(2);
  });

  it('tells the reason of an emergency once', () => {
    const emergency = { purpose: 'emergency', reason: 'Inconsciente' } as const;
    const [group] = grouped(
      line({ purpose: 'emergency', action: 'read-record' }),
      line({ ...emergency, action: 'open-emergency' }),
      line({ ...emergency, action: 'open-emergency' }),
    );
    expect(group!.reasons).toEqual(['Inconsciente']);
    expect(group!.actions.map(({ action }) => action)).toEqual(['open-emergency', 'read-record']);
  });

  it('names nobody for whoever had a link', () => {
    const [group] = grouped(line({ actor: null, role: 'link', purpose: 'link', action: 'open-link' }));
    expect(group).toMatchObject({ actor: null, role: 'link' });
  });
});
