import { Button, CloseButton, NativeSelect, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useFieldArray, type UseFormReturn, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { PolicyWords } from '../../components/policy';
import { type PlanForm, policyOf } from './plan';

const MOST_TIERS = 5;
const timings = ['after-acceptance', 'at-booking'] as const;

/** When patients pay, and what they get back when they cancel; shown in the patients' words while it is typed. */
export function PaymentTerms({ form: { control, register, formState } }: { form: UseFormReturn<PlanForm> }) {
  const { t } = useTranslation();
  const tiers = useFieldArray({ control, name: 'cancellation.tiers' });
  const policy = useWatch({ control, name: 'cancellation' });
  const errors = formState.errors.cancellation;
  return (
    <section aria-labelledby="paiement">
      <Title order={3} size="h5" id="paiement" mb="xs">
        {t('payments.editor.title')}
      </Title>
      <Stack>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NativeSelect
            label={t('payments.editor.timing')}
            data={timings.map((timing) => ({ value: timing, label: t(`payments.editor.timings.${timing}`) }))}
            error={formState.errors.payment?.message}
            {...register('payment')}
          />
          <TextInput
            type="number"
            min={0}
            max={720}
            label={t('payments.editor.cutoff')}
            error={errors?.cutoffHours?.message}
            {...register('cancellation.cutoffHours')}
          />
        </SimpleGrid>
        <Stack gap="sm" role="group" aria-labelledby="paliers">
          <Text size="sm" fw={600} id="paliers">
            {t('payments.editor.tiers')}
          </Text>
          {tiers.fields.map((field, index) => (
            <div
              key={field.id}
              className="rule"
              role="group"
              aria-label={t('payments.editor.tier', { number: index + 1 })}
            >
              <TextInput
                type="number"
                size="sm"
                min={0}
                max={719}
                label={t('payments.editor.tierHours')}
                error={errors?.tiers?.[index]?.hoursBefore?.message}
                {...register(`cancellation.tiers.${index}.hoursBefore`)}
              />
              <TextInput
                type="number"
                size="sm"
                min={0}
                max={100}
                label={t('payments.editor.tierPercent')}
                error={errors?.tiers?.[index]?.refundPercent?.message}
                {...register(`cancellation.tiers.${index}.refundPercent`)}
              />
              <CloseButton
                mt={26}
                aria-label={`${t('common.remove')}, ${t('payments.editor.tier', { number: index + 1 })}`}
                onClick={() => tiers.remove(index)}
              />
            </div>
          ))}
          {tiers.fields.length < MOST_TIERS && (
            <Button
              variant="default"
              style={{ alignSelf: 'start' }}
              onClick={() => tiers.append({ hoursBefore: '0', refundPercent: '50' })}
            >
              {t('payments.editor.addTier')}
            </Button>
          )}
        </Stack>
        <div className="card" role="group" aria-labelledby="apercu-annulation">
          <Text size="sm" fw={600} mb={4} id="apercu-annulation">
            {t('payments.editor.preview')}
          </Text>
          <PolicyWords policy={policyOf(policy)} />
        </div>
      </Stack>
    </section>
  );
}
