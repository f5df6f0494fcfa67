import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type UseFormReturn, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../../lib/api';
import { type Appointment, comingAppointments } from '../../lib/appointments';
import { rescueFocusSoon } from '../../lib/focus';
import { ProblemError } from '../../lib/problems';
import { type Availability, useSave } from '../../lib/profile';
import { toast } from '../../lib/toast';
import { countChanges } from './changes';
import { isSamePresence, leftOutside } from './outside';
import { formOf, type PlanForm, planOf } from './plan';

interface Asked {
  values: PlanForm;
  visits: readonly Appointment[];
}

const isOutdated = (error: unknown): boolean => error instanceof ProblemError && error.code === 'version-mismatch';

/**
 * What the form would change of the published plan, and how it is published: once what is booked outside the new hours was
 * seen, where there is any.
 * @param onReset the form is as a plan is again
 */
export function usePublishing(
  form: UseFormReturn<PlanForm>,
  plan: Availability,
  { onReset, onRefused }: { onReset: () => void; onRefused: (error: unknown) => void },
) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const typed = useWatch({ control: form.control }) as PlanForm;
  /** The plan that the form began with. */
  const [base, setBase] = useState(plan);
  const [asked, setAsked] = useState<Asked>();
  const [left, setLeft] = useState<readonly Appointment[]>([]);
  const changes = countChanges(formOf(base), typed);
  const save = useSave(
    ['availability'],
    (values: PlanForm, header) =>
      dataOf(api.PUT('/doctors/me/availability', { body: planOf(values) as never, params: { header } })),
    () => base.version,
  );
  const check = useMutation({
    mutationFn: async (values: PlanForm) => {
      const [before, after] = [planOf(formOf(base)), planOf(values)];
      return isSamePresence(before, after) ? [] : leftOutside(before, after, await comingAppointments());
    },
  });
  const reset = (to: Availability) => {
    setBase(to);
    form.reset(formOf(to));
    onReset();
  };
  useEffect(() => {
    if (plan.version === base.version) return;
    if (changes === 0) reset(plan);
    // That there is a newer one was said: publishing once more is meant.
    else if (isOutdated(save.error)) setBase(plan);
  }, [plan, save.error]);
  const publish = ({ values, visits }: Asked) =>
    save.mutate(values, {
      onSuccess: (saved) => {
        void queries.invalidateQueries({ queryKey: ['slots'] });
        reset(saved);
        setAsked(undefined);
        setLeft(visits);
        toast(t('availability.published'));
        rescueFocusSoon();
      },
      onError: (error) => {
        if (error instanceof ProblemError && error.fields.length > 0) setAsked(undefined);
        onRefused(error);
      },
    });
  return {
    changes,
    asked,
    left,
    error: check.error ?? save.error,
    isPending: check.isPending || save.isPending,
    submit: (values: PlanForm) => {
      setLeft([]);
      check.mutate(values, {
        onSuccess: (visits) => (visits.length > 0 ? setAsked({ values, visits }) : publish({ values, visits })),
      });
    },
    confirm: () => asked && publish(asked),
    dismiss: () => setAsked(undefined),
    undo: () => {
      save.reset();
      reset(base);
      rescueFocusSoon();
    },
  };
}
