import { NativeSelect, TextInput } from '@mantine/core';
import type { UseFormRegister } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { modes } from '../../lib/codes';
import { faultOfPrice, type PlanForm } from './plan';

interface HoursProps {
  name: `dates.${number}`;
  currency: string;
  register: UseFormRegister<PlanForm>;
  errors: Partial<Record<string, unknown>> | undefined;
}

/** Start, end, length, kind and price of one rule; each says its own fault. */
export function HoursFields({ name, currency, register, errors }: HoursProps) {
  const { t, i18n } = useTranslation();
  const errorOf = (field: string) => (errors?.[field] as { message?: string } | undefined)?.message;
  return (
    <>
      <TextInput
        type="time"
        size="sm"
        step={300}
        label={t('availability.start')}
        error={errorOf('start')}
        {...register(`${name}.start`)}
      />
      <TextInput
        type="time"
        size="sm"
        step={300}
        label={t('availability.end')}
        error={errorOf('end')}
        {...register(`${name}.end`)}
      />
      <TextInput
        type="number"
        size="sm"
        min={5}
        max={480}
        step={5}
        label={t('availability.slot')}
        error={errorOf('slotMinutes')}
        {...register(`${name}.slotMinutes`)}
      />
      <NativeSelect
        size="sm"
        label={t('availability.mode')}
        data={modes.map((mode) => ({ value: mode, label: t(`modes.${mode}`) }))}
        error={errorOf('mode')}
        {...register(`${name}.mode`)}
      />
      <TextInput
        size="sm"
        inputMode="decimal"
        label={`${t('availability.price')} (${currency})`}
        error={errorOf('price')}
        {...register(`${name}.price`, {
          validate: (price) => {
            const fault = faultOfPrice({ price, currency }, i18n.language);
            return fault ? t(fault.key, fault.values ?? {}) : true;
          },
        })}
      />
    </>
  );
}
