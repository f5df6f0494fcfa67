import { useState } from 'react';
import { type UseFormReturn, useWatch } from 'react-hook-form';
import { ProblemError } from '../../lib/problems';
import type { PlanForm, SeasonForm } from './plan';
import { type SeasonDraft, seasonOf } from './seasons';

/** What the server says of a season's name or dates. */
export interface SeasonFault {
  field: 'name' | 'from' | 'to';
  message: string;
}

export interface Asked {
  /** Undefined: a new one. */
  season?: SeasonForm;
  faults: readonly SeasonFault[];
}

/** The seasons within the plan's form, and whose week is edited: undefined, the usual one. */
export function useSeasons(form: UseFormReturn<PlanForm>) {
  const seasons: readonly SeasonForm[] = useWatch({ control: form.control, name: 'seasons' });
  const [key, setKey] = useState<string>();
  const [asked, setAsked] = useState<Asked>();
  const [removed, setRemoved] = useState<{ season: SeasonForm; at: number }>();
  const shown = seasons.find((season) => season.key === key);
  const put = (next: readonly SeasonForm[]) => form.setValue('seasons', [...next], { shouldDirty: true });
  const change = (which: SeasonForm, changes: Partial<SeasonForm>) =>
    put(seasons.map((season) => (season.key === which.key ? { ...season, ...changes } : season)));
  return {
    seasons,
    shown,
    asked,
    removed: removed?.season,
    choose: setKey,
    change,
    ask: (season?: SeasonForm) => setAsked({ ...(season && { season }), faults: [] }),
    dismiss: () => setAsked(undefined),
    /** Takes what the dialog was told, and shows that season. */
    keep: (draft: SeasonDraft) => {
      const { name, from, to } = draft;
      const season = asked?.season ?? seasonOf(draft, form.getValues('weekly'));
      if (asked?.season) change(season, { name: name.trim(), from, to });
      else put([...seasons, season]);
      setKey(season.key);
      setRemoved(undefined);
      setAsked(undefined);
    },
    remove: (season: SeasonForm) => {
      put(seasons.filter((each) => each !== season));
      setRemoved({ season, at: seasons.indexOf(season) });
      setKey(undefined);
    },
    /** Puts back the one that was removed last. */
    restore: () => {
      if (!removed) return;
      put(seasons.toSpliced(removed.at, 0, removed.season));
      setKey(removed.season.key);
      setRemoved(undefined);
    },
    /** Asks again for the first season whose name or dates the server refused. */
    refuse: (error: unknown) => {
      const faults = seasonFaults(error);
      const season = faults[0] && seasons[faults[0].at];
      if (!season) return;
      setKey(season.key);
      setAsked({ season, faults: faults.filter(({ at }) => seasons[at] === season) });
    },
    /** The plan is another one: of its seasons that one is shown that has the dates. */
    reset: () => {
      const next = form.getValues('seasons');
      const same = next.find(({ from }) => from === shown?.from) ?? next.find((season) => season.key === key);
      setKey(same?.key);
      setRemoved(undefined);
      setAsked(undefined);
    },
  };
}

export type SeasonsEditing = ReturnType<typeof useSeasons>;

function seasonFaults(error: unknown): (SeasonFault & { at: number })[] {
  if (!(error instanceof ProblemError)) return [];
  return error.fields.flatMap(({ field: path, message }) => {
    const [, at, field] = /^seasons\.(\d+)\.(name|from|to)$/.exec(path) ?? [];
    return field ? [{ at: Number(at), field: field as SeasonFault['field'], message }] : [];
  });
}
