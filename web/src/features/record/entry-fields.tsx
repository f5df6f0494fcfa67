import { NativeSelect, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Measure } from './calls';
import { measures } from './calls';
import { CodeInput } from './code-input';
import { listOf, type Values } from './form';
import type { WrittenKind } from './kinds';
import { lists } from './lists';
import { PrescribedItems } from './prescribed-items';
import styles from './record.module.css';
import { unitsOf, unitText } from './vitals';

type Form = UseFormReturn<Values>;
interface Props {
  form: Form;
}

const MOST_NOTE = 20_000;
const MOST_LABEL = 300;
const MOST_SHORT = 200;

function Label({ form, kind }: Props & { kind: Exclude<WrittenKind, 'vital'> }) {
  const { t } = useTranslation();
  const { register, formState } = form;
  const list = listOf(kind);
  const error = formState.errors.label?.message;
  const label = t(`record.fields.${kind}Label`);
  if (!list)
    return <TextInput label={label} id="field-label" maxLength={MOST_LABEL} error={error} {...register('label')} />;
  return (
    <Controller
      control={form.control}
      name="label"
      render={({ field }) => (
        <CodeInput
          id="field-label"
          label={label}
          description={t('record.fields.listed')}
          list={lists[list]}
          value={field.value}
          error={error}
          inputRef={field.ref}
          onChange={field.onChange}
        />
      )}
    />
  );
}

const severities = ['mild', 'moderate', 'severe'] as const;

function SeverityField({ form }: Props) {
  const { t } = useTranslation();
  return (
    <Controller
      control={form.control}
      name="severity"
      render={({ field, fieldState }) => (
        <Radio.Group
          label={t('record.fields.severity')}
          value={field.value}
          error={fieldState.error?.message}
          onChange={field.onChange}
        >
          <Stack gap="xs" my="xs">
            {severities.map((severity, index) => (
              <Radio
                key={severity}
                {...(index === 0 && { ref: field.ref })}
                value={severity}
                label={t(`record.severities.${severity}`)}
                description={t(`record.severityHints.${severity}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
    />
  );
}

function Onset({ form }: Props) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={`${t('record.fields.onset')} (${t('common.optional')})`}
      description={t('record.fields.onsetHint')}
      error={form.formState.errors.onset?.message}
      {...form.register('onset')}
    />
  );
}

function MedicationFields({ form }: Props) {
  const { t } = useTranslation();
  const { register, formState } = form;
  const { errors } = formState;
  return (
    <>
      <div className={styles.pair}>
        <TextInput
          label={t('record.fields.dose')}
          description={t('record.fields.doseHint')}
          maxLength={MOST_SHORT}
          error={errors.dose?.message}
          {...register('dose')}
        />
        <TextInput
          label={t('record.fields.frequency')}
          description={t('record.fields.frequencyHint')}
          maxLength={MOST_SHORT}
          error={errors.frequency?.message}
          {...register('frequency')}
        />
      </div>
      <div className={styles.pair}>
        <TextInput type="date" label={t('record.fields.from')} error={errors.from?.message} {...register('from')} />
        <TextInput
          type="date"
          label={`${t('record.fields.to')} (${t('common.optional')})`}
          description={t('record.fields.toHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          error={errors.to?.message}
          {...register('to')}
        />
      </div>
    </>
  );
}

function VitalFields({ form }: Props) {
  const { t } = useTranslation();
  const { register, formState, watch, setValue } = form;
  const { errors } = formState;
  const measure = watch('measure');
  const units = unitsOf[measure];
  const choose = register('measure', {
    onChange: (event: { target: { value: Measure } }) => setValue('unit', unitsOf[event.target.value][0]!),
  });
  return (
    <>
      <NativeSelect
        label={t('record.fields.measure')}
        data={measures.map((value) => ({ value, label: t(`record.measures.${value}`) }))}
        error={errors.measure?.message}
        {...choose}
      />
      <div className={styles.pair}>
        {measure === 'blood-pressure' ? (
          (['systolic', 'diastolic'] as const).map((name) => (
            <TextInput
              key={name}
              label={`${t(`record.${name}`)}, \u2066mmHg\u2069`}
              inputMode="numeric"
              autoComplete="off"
              error={errors[name]?.message}
              {...register(name)}
            />
          ))
        ) : (
          <>
            <TextInput
              label={t('record.fields.value')}
              inputMode="decimal"
              autoComplete="off"
              error={errors.value?.message}
              {...register('value')}
            />
            <NativeSelect
              label={t('record.fields.unit')}
              data={units.map((value) => ({ value, label: unitText(value) }))}
              error={errors.unit?.message}
              {...register('unit')}
            />
          </>
        )}
      </div>
      <TextInput type="datetime-local" label={t('record.fields.at')} error={errors.at?.message} {...register('at')} />
    </>
  );
}

function Note({ form, isMain }: Props & { isMain: boolean }) {
  const { t } = useTranslation();
  return (
    <Textarea
      label={isMain ? t('record.fields.noteText') : `${t('record.fields.note')} (${t('common.optional')})`}
      autosize
      minRows={isMain ? 6 : 2}
      maxLength={MOST_NOTE}
      error={form.formState.errors.note?.message}
      {...form.register('note')}
    />
  );
}

/** What is asked of each kind. */
export function EntryFields({ form, kind }: Props & { kind: WrittenKind }) {
  const { t } = useTranslation();
  const { register, formState } = form;
  return (
    <>
      {kind !== 'vital' && <Label form={form} kind={kind} />}
      {kind === 'allergy' && <SeverityField form={form} />}
      {(kind === 'condition' || kind === 'antecedent') && <Onset form={form} />}
      {kind === 'medication' && <MedicationFields form={form} />}
      {kind === 'immunization' && (
        <TextInput
          type="date"
          label={t('record.fields.given')}
          error={formState.errors.at?.message}
          {...register('at')}
        />
      )}
      {kind === 'vital' && <VitalFields form={form} />}
      {kind === 'prescription' && <PrescribedItems form={form} />}
      {kind === 'certificate' && (
        <Textarea
          label={t('record.fields.text')}
          autosize
          minRows={8}
          maxLength={MOST_NOTE}
          error={formState.errors.text?.message}
          {...register('text')}
        />
      )}
      <Note form={form} isMain={kind === 'note'} />
    </>
  );
}
