import { Button, Group, Radio, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../components/dialog';
import { formatDays } from '../../lib/format';
import { faultsOfSeason, LONGEST_NAME, type SeasonDraft } from './seasons';
import { type Suggestion, suggestionsFrom } from './suggestions';
import type { Asked, SeasonsEditing } from './use-seasons';

const starts = ['copy', 'empty'] as const;

/** Asks for the name and the dates of a season, and what a new one begins with. */
export function SeasonDialog({
  seasons: { seasons, keep, dismiss },
  asked: { season, faults },
  today,
  zone,
}: {
  seasons: SeasonsEditing;
  asked: Asked;
  /** `YYYY-MM-DD` */
  today: string;
  zone: string;
}) {
  const { t, i18n } = useTranslation();
  const { name = '', from = '', to = '' } = season ?? {};
  const form = useForm<SeasonDraft>({ defaultValues: { name, from, to, start: 'copy' } });
  const { errors } = form.formState;
  const others = seasons.filter(({ key }) => key !== season?.key);
  const suggestions = useMemo(
    () => (season ? [] : suggestionsFrom(today, zone, seasons)),
    [season, today, zone, seasons],
  );
  useEffect(() => {
    faults.forEach(({ field, message }, index) => form.setError(field, { message }, { shouldFocus: index === 0 }));
  }, [faults]);
  const validated = (field: 'name' | 'from' | 'to') =>
    form.register(field, {
      // Each of the two dates may mend what was said at the other.
      deps: ['from', 'to'],
      validate: () => {
        const fault = faultsOfSeason(form.getValues(), others)[field];
        return fault ? t(fault.key, fault.values ?? {}) : true;
      },
    });
  const suggest = ({ name: suggested, days }: Suggestion) => {
    form.setValue('name', t(`availability.seasons.suggested.${suggested}`));
    form.setValue('from', days?.from ?? '');
    form.setValue('to', days?.to ?? '');
    form.clearErrors();
    if (!days) form.setFocus('from');
  };
  return (
    <Dialog
      title={season ? t('availability.seasons.changed', { name }) : t('availability.seasons.add')}
      onClose={dismiss}
    >
      <form noValidate onSubmit={form.handleSubmit(keep)}>
        <Stack>
          {suggestions.length > 0 && (
            <div role="group" aria-labelledby="saisons-suggerees">
              <Text size="sm" fw={600} id="saisons-suggerees" mb={4}>
                {t('availability.seasons.suggestions')}
              </Text>
              <Group gap="xs">
                {suggestions.map((suggestion) => (
                  <Button key={suggestion.name} size="compact-sm" variant="default" onClick={() => suggest(suggestion)}>
                    {t(`availability.seasons.suggested.${suggestion.name}`)}
                    {suggestion.days && ` · ${formatDays(suggestion.days.from, suggestion.days.to, i18n.language)}`}
                  </Button>
                ))}
              </Group>
              <Text size="sm" className="quiet" mt={4}>
                {t('availability.seasons.moon')}
              </Text>
            </div>
          )}
          <TextInput
            data-autofocus
            label={t('availability.seasons.name')}
            maxLength={LONGEST_NAME}
            autoComplete="off"
            error={errors.name?.message}
            {...validated('name')}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput
              type="date"
              label={t('availability.seasons.from')}
              error={errors.from?.message}
              {...validated('from')}
            />
            <TextInput
              type="date"
              label={t('availability.seasons.to')}
              error={errors.to?.message}
              {...validated('to')}
            />
          </SimpleGrid>
          {!season && (
            <Controller
              control={form.control}
              name="start"
              render={({ field: { value, onChange } }) => (
                <Radio.Group label={t('availability.seasons.start')} value={value} onChange={onChange}>
                  <Stack gap="xs" mt="xs">
                    {starts.map((start) => (
                      <Radio key={start} value={start} label={t(`availability.seasons.starts.${start}`)} />
                    ))}
                  </Stack>
                </Radio.Group>
              )}
            />
          )}
          <Group>
            <Button type="submit">{t(season ? 'common.confirm' : 'common.add')}</Button>
            <Button variant="default" onClick={dismiss}>
              {t('common.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
