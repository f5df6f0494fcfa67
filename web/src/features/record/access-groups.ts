import { dayKey } from '../../lib/format';
import type { AccessLine } from './calls';

export interface AccessGroup {
  key: string;
  actor: AccessLine['actor'];
  role: AccessLine['role'];
  purpose: AccessLine['purpose'];
  /** `YYYY-MM-DD`, in the reader's zone. */
  day: string;
  /** First and last. */
  from: string;
  to: string;
  /** Each action once, in the order in which they were first done. */
  actions: { action: AccessLine['action']; count: number }[];
  /** Of an emergency. */
  reasons: string[];
}

/** One visit ends, and the next begins, after so long without a line. */
const VISIT_MS = 60 * 60_000;

/**
 * The lines of the log, newest first, by who was there, on which day and what for: what one did in one go is one group, where
 * its first line stands.
 */
export function groupsOf(lines: readonly AccessLine[], timeZone?: string): AccessGroup[] {
  const groups: AccessGroup[] = [];
  for (const line of lines) {
    const day = dayKey(line.at, timeZone);
    const who = line.actor?.id ?? line.role;
    const open = groups.findLast((group) => (group.actor?.id ?? group.role) === who);
    const joins =
      open?.purpose === line.purpose && open.day === day && Date.parse(open.from) - Date.parse(line.at) <= VISIT_MS;
    const group = joins ? open : begin(groups, line, day);
    group.from = line.at;
    const done = group.actions.find(({ action }) => action === line.action);
    if (done) {
      done.count += 1;
      // They are read newest first, and told in the order in which they were done.
      group.actions.splice(group.actions.indexOf(done), 1);
    }
    group.actions.unshift(done ?? { action: line.action, count: 1 });
    if (line.reason !== undefined && !group.reasons.includes(line.reason)) group.reasons.unshift(line.reason);
  }
  return groups;
}

function begin(groups: AccessGroup[], line: AccessLine, day: string): AccessGroup {
  const { actor, role, purpose, at } = line;
  const group = { key: String(line.line), actor, role, purpose, day, from: at, to: at, actions: [], reasons: [] };
  groups.push(group);
  return group;
}
