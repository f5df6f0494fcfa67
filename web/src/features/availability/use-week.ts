import { useState } from 'react';
import { type UseFormReturn, useWatch } from 'react-hook-form';
import { endAsTyped, type Span } from '../../lib/hours';
import { ProblemError } from '../../lib/problems';
import { fieldOf, newHours, newKey, type PlanForm, type WeekRange, weeksOf } from './plan';
import { useSeasons } from './use-seasons';
import { freeOf, overlapsOf, type Week, withDayCopied } from './week';

/** What the server says of a field of a range. */
interface Fault {
  key: string;
  field: string;
  message: string;
}

type Changes = Partial<Omit<WeekRange, 'key'>>;

/** The hours of the week that is edited within the plan's form, the usual one or a season's, and which are chosen. */
export function useWeek(form: UseFormReturn<PlanForm>, currency?: string) {
  const usual: Week = useWatch({ control: form.control, name: 'weekly' });
  const seasons = useSeasons(form);
  const week: Week = seasons.shown?.weekly ?? usual;
  const [keys, setKeys] = useState<readonly string[]>([]);
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [attention, setAttention] = useState(0);
  const choose = (...ranges: readonly WeekRange[]) => setKeys(ranges.map(({ key }) => key));
  const chosen = week.filter(({ key }) => keys.includes(key));
  const put = (next: Week) => {
    if (seasons.shown) seasons.change(seasons.shown, { weekly: [...next] });
    else form.setValue('weekly', [...next], { shouldDirty: true });
  };
  const edit = (which: readonly string[], changes: Changes) => {
    put(week.map((range) => (which.includes(range.key) ? { ...range, ...changes } : range)));
    setFaults(faults.filter(({ key, field }) => !which.includes(key) || !(field in changes)));
  };
  /** Leads the focus to what was chosen. */
  const attend = () => setAttention((count) => count + 1);
  /** Chooses them, of whichever week, and leads the focus there. */
  const show = (...ranges: readonly WeekRange[]) => {
    const owner = seasons.seasons.find(({ weekly }) => weekly.some(({ key }) => key === ranges[0]?.key));
    seasons.choose(owner?.key);
    choose(...ranges);
    attend();
  };
  return {
    seasons,
    week,
    chosen,
    overlaps: overlapsOf(week),
    attention,
    attend,
    choose,
    show,
    toggle: ({ key }: WeekRange) => setKeys(keys.includes(key) ? keys.filter((each) => each !== key) : [...keys, key]),
    edit: ({ key }: WeekRange, changes: Changes) => edit([key], changes),
    editChosen: (changes: Changes) => edit(keys, changes),
    /** Adds what of the span is free, and chooses it. */
    add: (weekday: string, wanted: Span) => {
      const like = week.findLast((range) => range.weekday === weekday) ?? week.at(-1) ?? usual.at(-1);
      const made = freeOf(week, weekday, wanted).map(([start, end]): WeekRange => {
        return { ...newHours(like, currency), key: newKey(), weekday, start, end: endAsTyped(end) };
      });
      if (made.length === 0) return;
      put([...week, ...made]);
      setKeys(made.map(({ key }) => key));
    },
    removeChosen: () => {
      put(week.filter(({ key }) => !keys.includes(key)));
      setKeys([]);
      attend();
    },
    copyDay: (from: string, to: readonly string[]) => put(withDayCopied(week, from, to)),
    faultOf: (ranges: Week, field: string): string | undefined =>
      faults.find((fault) => fault.field === field && ranges.some(({ key }) => key === fault.key))?.message,
    /** Says at their ranges and seasons what the server refused, and chooses those. */
    refuse: (error: unknown) => {
      const refused = form.getValues();
      const found = weekFaults(error, refused);
      setFaults(found);
      seasons.refuse(error);
      const isFound = ({ key }: WeekRange) => found.some((fault) => fault.key === key);
      const first = weeksOf(refused).find(({ week: each }) => each.some(isFound));
      if (first) show(...first.week.filter(isFound));
    },
    clear: () => setKeys([]),
    /** The plan is another one. */
    reset: () => {
      setKeys([]);
      setFaults([]);
      seasons.reset();
    },
  };
}

export type WeekEditing = ReturnType<typeof useWeek>;

function weekFaults(error: unknown, { weekly, seasons }: PlanForm): Fault[] {
  if (!(error instanceof ProblemError)) return [];
  return error.fields.flatMap(({ field: path, message }) => {
    const [, season, index, field] = /^(?:seasons\.(\d+)\.)?weekly\.(\d+)\.(\w+)$/.exec(fieldOf(path)) ?? [];
    const week = season === undefined ? weekly : seasons[Number(season)]?.weekly;
    const range = week?.[Number(index)];
    return range && field ? [{ key: range.key, field, message }] : [];
  });
}
