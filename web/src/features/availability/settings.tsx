import { Checkbox, NativeSelect, SimpleGrid, Stack, TextInput, Title } from '@mantine/core';
import type { UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { timeZones } from '../../lib/codes';
import { PaymentTerms } from './payment-terms';
import type { PlanForm } from './plan';
import classes from './week.module.css';

/** What is rarely changed. */
export function Settings({
  form,
  isOpen,
  onToggle,
}: {
  form: UseFormReturn<PlanForm>;
  isOpen: boolean;
  onToggle: (isOpen: boolean) => void;
}) {
  const { t } = useTranslation();
  const { register, formState } = form;
  const { errors } = formState;
  return (
    <details
      className={`card ${classes.settings}`}
      open={isOpen}
      onToggle={(event) => onToggle(event.currentTarget.open)}
    >
      <summary>
        <Title order={2} size="h4">
          {t('availability.settings')}
        </Title>
      </summary>
      <Stack gap="xl" mt="md">
        <div>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <NativeSelect
              label={t('profile.timeZone')}
              data={timeZones()}
              error={errors.timeZone?.message}
              {...register('timeZone')}
            />
            <TextInput
              type="number"
              label={t('availability.buffer')}
              error={errors.bufferMinutes?.message}
              {...register('bufferMinutes')}
            />
            <TextInput
              type="number"
              label={t('availability.notice')}
              error={errors.minNoticeMinutes?.message}
              {...register('minNoticeMinutes')}
            />
            <TextInput
              type="number"
              label={t('availability.horizon')}
              error={errors.horizonDays?.message}
              {...register('horizonDays')}
            />
          </SimpleGrid>
          <Checkbox mt="md" label={t('availability.autoAccept')} {...register('autoAccept')} />
        </div>
        <PaymentTerms form={form} />
      </Stack>
    </details>
  );
}
