import { useEffect, useRef, useState } from 'react';
import { useForm, type Path } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { type Draft, drafts } from '../../lib/drafts';
import { applyFieldProblems, hasOnlyFieldProblems } from '../../lib/forms';
import { ProblemError } from '../../lib/problems';
import type { Entry, EntryBody } from './calls';
import { bodyOf, faultsOf, type Values } from './form';
import type { WrittenKind } from './kinds';
import { lists } from './lists';

interface Given {
  /** Of the draft. */
  name: string;
  kind: WrittenKind;
  initial: Values;
  /** What a correction asks for beside what its kind does. */
  isCorrection?: boolean;
}

/** A form whose content outlives a reload and a refusal, and whose request is the same each time it is sent. */
export function useEntryForm({ name, kind, initial, isCorrection = false }: Given) {
  const { t } = useTranslation();
  const [found] = useState(() => drafts.read<Values>(name));
  const attempt = useRef<Draft<Values>['attempt']>(found?.attempt);
  const [keptAt, setKeptAt] = useState(found?.keptAt);
  const form = useForm<Values>({ defaultValues: { ...initial, ...found?.values } });
  const isOver = useRef(false);

  useEffect(() => {
    const { unsubscribe } = form.watch((values) => {
      if (!isOver.current) keep(values as Values);
    });
    return unsubscribe;
  }, [form, name]);

  const keep = (values: Values) =>
    drafts.keep(name, {
      values,
      keptAt: Date.now(),
      ...(attempt.current && { attempt: attempt.current }),
    });

  /** Nothing of it is left: it was saved, or is not wanted. */
  const discard = () => {
    attempt.current = undefined;
    setKeptAt(undefined);
    isOver.current = true;
    form.reset(initial);
    isOver.current = false;
    drafts.erase(name);
  };

  /** Tells what lacks at its field. @returns what is to be sent where nothing does */
  const read = (before?: Entry): EntryBody | undefined => {
    const values = form.getValues();
    form.clearErrors();
    const faults = faultsOf(kind, values);
    if (isCorrection && values.reason.trim() === '') faults.reason = 'common.required';
    Object.entries(faults).forEach(([field, words], index) =>
      form.setError(field as Path<Values>, { message: t(words) }, { shouldFocus: index === 0 }),
    );
    if (Object.keys(faults).length > 0) return undefined;
    return bodyOf(kind, values, lists, t(`record.measures.${values.measure}`), before);
  };

  /** The same for every attempt at sending the same, also after a reload. */
  const keyFor = (body: EntryBody): string => {
    const content = JSON.stringify(body);
    if (attempt.current?.content !== content) attempt.current = { content, key: crypto.randomUUID() };
    keep(form.getValues());
    return attempt.current.key;
  };

  const refused = (error: unknown) => applyFieldProblems(error, form.setError);

  /** Where a refusal is told at fields that are there, it needs no words of its own. */
  const isToldAtFields = (error: unknown): boolean =>
    hasOnlyFieldProblems(error) &&
    error instanceof ProblemError &&
    error.fields.every(({ field }) => field.split('.')[0]! in initial && !(kind === 'vital' && field === 'label'));

  return { form, keptAt, discard, read, keyFor, refused, isToldAtFields };
}
