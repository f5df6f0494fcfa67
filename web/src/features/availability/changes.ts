import type { PlanForm } from './plan';

interface Row {
  key: string;
}

const content = (row: Row): string => JSON.stringify({ ...row, key: undefined }, Object.keys(row).sort());

/** Rows without those that others have as well, once for each. */
function without(rows: readonly Row[], others: readonly Row[]): Row[] {
  const counts = new Map<string, number>();
  for (const other of others) counts.set(content(other), (counts.get(content(other)) ?? 0) + 1);
  return rows.filter((row) => {
    const count = counts.get(content(row)) ?? 0;
    counts.set(content(row), count - 1);
    return count <= 0;
  });
}

/** A row that was changed, added or taken away counts once; one that is as it was somewhere does not. */
function changedRows(before: readonly Row[], after: readonly Row[]): number {
  return new Set([...without(before, after), ...without(after, before)].map(({ key }) => key)).size;
}

/** A season as one row, with all its hours, whatever they are called. */
const rowOf = ({ weekly, ...season }: PlanForm['seasons'][number]): Row & Record<string, string> => ({
  ...season,
  weekly: weekly.map(content).sort().join(),
});

/** One that was added or taken away counts once; of one that stays, its name or dates count once, and each of its hours. */
function changedSeasons(before: PlanForm['seasons'], after: PlanForm['seasons']): number {
  const kept = after.flatMap((season) => {
    const earlier = before.find(({ key }) => key === season.key);
    return earlier ? [[earlier, season] as const] : [];
  });
  const others = (seasons: PlanForm['seasons']) =>
    seasons.filter(({ key }) => !kept.some(([earlier]) => earlier.key === key)).map(rowOf);
  const changes = kept.map(([earlier, season]) => {
    const isOther = (['name', 'from', 'to'] as const).some((field) => earlier[field] !== season[field]);
    return Number(isOther) + changedRows(earlier.weekly, season.weekly);
  });
  return changes.reduce((sum, count) => sum + count, changedRows(others(before), others(after)));
}

const lists = ['weekly', 'dates', 'exceptions'] as const;
const settings = [
  'timeZone',
  'bufferMinutes',
  'minNoticeMinutes',
  'horizonDays',
  'autoAccept',
  'payment',
  'cancellation',
] as const;

/** How much of the plan is not as it is published. */
export function countChanges(before: PlanForm, after: PlanForm): number {
  const rows = lists.reduce((sum, list) => sum + changedRows(before[list], after[list]), 0);
  const seasons = changedSeasons(before.seasons, after.seasons);
  return (
    rows + seasons + settings.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).length
  );
}
