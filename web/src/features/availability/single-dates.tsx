import { Button, CloseButton, Stack, TextInput, Title } from '@mantine/core';
import { useFieldArray, type UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { dayKey } from '../../lib/format';
import { HoursFields } from './hours-fields';
import { newHours, newKey, type PlanForm } from './plan';

/** Hours of a single day, beside those of its week; days that are over are kept and not shown. */
export function SingleDates({ form, currency }: { form: UseFormReturn<PlanForm>; currency: string | undefined }) {
  const { t } = useTranslation();
  const { control, register, formState } = form;
  const list = useFieldArray({ control, name: 'dates' });
  const errors = formState.errors.dates;
  const today = dayKey(new Date(), form.getValues('timeZone'));
  const shown = list.fields
    .map((field, index) => ({ field, index }))
    .filter(({ field }) => field.date === '' || field.date >= today);
  return (
    <section aria-labelledby="dates">
      <Title order={2} size="h4" id="dates" mb="xs">
        {t('availability.dates')}
      </Title>
      <Stack>
        {shown.map(({ field, index }, position) => (
          <div key={field.id} className="rule" role="group" aria-label={`${t('availability.dates')} ${position + 1}`}>
            <TextInput
              type="date"
              size="sm"
              label={t('availability.date')}
              error={errors?.[index]?.date?.message}
              {...register(`dates.${index}.date`)}
            />
            <HoursFields
              name={`dates.${index}`}
              currency={field.currency}
              register={register}
              errors={errors?.[index]}
            />
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
          onClick={() => {
            const hours = newHours(form.getValues('weekly').at(-1), currency);
            list.append({ ...hours, key: newKey(), date: today });
          }}
        >
          {t('availability.addDate')}
        </Button>
      </Stack>
    </section>
  );
}
