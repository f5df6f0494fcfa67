import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Controller, useFieldArray, type UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { CodeInput } from './code-input';
import { emptyItem, type Values } from './form';
import { lists } from './lists';
import styles from './record.module.css';

const MOST_SHORT = 200;
const MOST_ITEMS = 30;

/** The medicines of a prescription, one below the other. */
export function PrescribedItems({ form }: { form: UseFormReturn<Values> }) {
  const { t } = useTranslation();
  const { register, control, formState, setFocus } = form;
  const { fields, append, remove } = useFieldArray({ control, name: 'items' });
  return (
    <Stack>
      {fields.map((item, index) => {
        const faults = formState.errors.items?.[index];
        const number = index + 1;
        return (
          <div key={item.id} role="group" aria-labelledby={`item-${index}`} className={styles.item}>
            <Group justify="space-between" mb="xs">
              <Text fw={600} id={`item-${index}`}>
                {t('record.fields.item', { number })}
              </Text>
              {fields.length > 1 && (
                <ActionIcon
                  size="lg"
                  variant="subtle"
                  aria-label={t('record.fields.removeItem', { number })}
                  onClick={() => {
                    remove(index);
                    // The button is gone: what follows it, or comes before, has the focus.
                    setTimeout(() => setFocus(`items.${Math.max(0, index - 1)}.dose`));
                  }}
                >
                  <IconTrash aria-hidden size={18} />
                </ActionIcon>
              )}
            </Group>
            <Stack gap="sm">
              <Controller
                control={control}
                name={`items.${index}.label`}
                render={({ field }) => (
                  <CodeInput
                    id={`field-item-${index}`}
                    label={t('record.fields.medicationLabel')}
                    description={t('record.fields.listed')}
                    list={lists.medicines}
                    value={field.value}
                    error={faults?.label?.message}
                    inputRef={field.ref}
                    onChange={field.onChange}
                  />
                )}
              />
              <div className={styles.pair}>
                <TextInput
                  label={t('record.fields.dose')}
                  description={t('record.fields.doseHint')}
                  maxLength={MOST_SHORT}
                  error={faults?.dose?.message}
                  {...register(`items.${index}.dose`)}
                />
                <TextInput
                  label={t('record.fields.frequency')}
                  description={t('record.fields.frequencyHint')}
                  maxLength={MOST_SHORT}
                  error={faults?.frequency?.message}
                  {...register(`items.${index}.frequency`)}
                />
              </div>
              <TextInput
                label={t('record.fields.days')}
                inputMode="numeric"
                autoComplete="off"
                maw="10rem"
                error={faults?.days?.message}
                {...register(`items.${index}.days`)}
              />
            </Stack>
          </div>
        );
      })}
      {fields.length < MOST_ITEMS && (
        <Group>
          <Button
            size="sm"
            variant="default"
            leftSection={<IconPlus aria-hidden size={16} />}
            onClick={() => {
              append(emptyItem(), { shouldFocus: false });
              setTimeout(() => document.getElementById(`field-item-${fields.length}`)?.focus());
            }}
          >
            {t('record.fields.addItem')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
