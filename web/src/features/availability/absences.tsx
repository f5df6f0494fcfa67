import { Button, CloseButton, NativeSelect, Stack, TextInput, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useFieldArray, type UseFormReturn, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { addDays, dayKey } from '../../lib/format';
import { holidaysFrom } from './holidays';
import { Holidays } from './holiday-choices';
import { absences, newKey, type PlanForm } from './plan';

/** When the doctor is away; days that are over are kept and not shown. */
export function Absences({ form }: { form: UseFormReturn<PlanForm> }) {
  const { t } = useTranslation();
  const { control, register, formState } = form;
  const list = useFieldArray({ control, name: 'exceptions' });
  const typed = useWatch({ control, name: 'exceptions' });
  const errors = formState.errors.exceptions;
  const timeZone = form.getValues('timeZone');
  const today = dayKey(new Date(), timeZone);
  const holidays = useMemo(() => holidaysFrom(today, timeZone), [today, timeZone]);
  /** Those of the boxes below; one that is added here stays here until it is published. */
  const isTicked = ({ key, date, part }: PlanForm['exceptions'][number]) =>
    part === 'day' && !key.startsWith('new') && holidays.some((holiday) => holiday.date === date);
  const shown = list.fields
    .map((field, index) => ({ field, index }))
    .filter(({ field }) => (field.date === '' || field.date >= today) && !isTicked(field));
  return (
    <section aria-labelledby="absences">
      <Title order={2} size="h4" id="absences" mb="xs">
        {t('availability.exceptions')}
      </Title>
      <Stack>
        {shown.map(({ field, index }, position) => (
          <div
            key={field.id}
            className="rule"
            role="group"
            aria-label={`${t('availability.exceptions')} ${position + 1}`}
          >
            <TextInput
              type="date"
              size="sm"
              label={t('availability.date')}
              error={errors?.[index]?.date?.message}
              {...register(`exceptions.${index}.date`)}
            />
            <NativeSelect
              size="sm"
              label={t('availability.part')}
              data={absences.map((part) => ({ value: part, label: t(`availability.parts.${part}`) }))}
              {...register(`exceptions.${index}.part`)}
            />
            {typed[index]?.part === 'hours' && (
              <>
                <TextInput
                  type="time"
                  size="sm"
                  step={300}
                  label={t('availability.start')}
                  error={errors?.[index]?.start?.message}
                  {...register(`exceptions.${index}.start`)}
                />
                <TextInput
                  type="time"
                  size="sm"
                  step={300}
                  label={t('availability.end')}
                  error={errors?.[index]?.end?.message}
                  {...register(`exceptions.${index}.end`)}
                />
              </>
            )}
            <CloseButton
              mt={26}
              aria-label={`${t('common.remove')} ${position + 1}`}
              onClick={() => list.remove(index)}
            />
          </div>
        ))}
        <Button
          variant="default"
          style={{ alignSelf: 'start' }}
          onClick={() => list.append({ key: newKey(), date: addDays(today, 1), part: 'day', start: '', end: '' })}
        >
          {t('availability.addException')}
        </Button>
        {holidays.length > 0 && (
          <Holidays
            holidays={holidays}
            away={typed.filter(({ part }) => part === 'day').map(({ date }) => date)}
            onTick={(date) =>
              list.append({ key: `holiday-${date}`, date, part: 'day', start: '', end: '' }, { shouldFocus: false })
            }
            onClear={(date) =>
              list.remove(typed.flatMap((row, index) => (row.date === date && row.part === 'day' ? [index] : [])))
            }
          />
        )}
      </Stack>
    </section>
  );
}
