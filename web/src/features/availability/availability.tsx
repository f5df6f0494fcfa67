import {
  Button,
  Checkbox,
  CloseButton,
  Group,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useFieldArray, useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Page } from '../../components/page';
import { Failed, Loading, WriteProblem } from '../../components/states';
import { UnsavedGuard } from '../../components/unsaved-guard';
import { api, dataOf } from '../../lib/api';
import { timeZones } from '../../lib/codes';
import { applyFieldProblems, hasOnlyFieldProblems } from '../../lib/forms';
import { dayKey } from '../../lib/format';
import { type Availability, useAvailability, useDoctorProfile, useSave } from '../../lib/profile';
import { HoursFields } from './hours-fields';
import { PaymentTerms } from './payment-terms';
import { fieldOf, formOf, newHours, type PlanForm, planOf } from './plan';
import { toast } from '../../lib/toast';
import { WeekGrid } from './week-grid';

const WORKING_DAYS = ['1', '2', '3', '4', '5'];

function Editor({ plan }: { plan: Availability }) {
  const { t } = useTranslation();
  const form = useForm<PlanForm>({ defaultValues: formOf(plan) });
  const { control, register, formState } = form;
  const weekly = useFieldArray({ control, name: 'weekly' });
  const dates = useFieldArray({ control, name: 'dates' });
  const exceptions = useFieldArray({ control, name: 'exceptions' });
  const shown = useWatch({ control, name: 'weekly' });
  const zone = useWatch({ control, name: 'timeZone' });
  const currency = useDoctorProfile().data?.consultationPrice?.currency;
  const { errors } = formState;
  const save = useSave(
    ['availability'],
    (values: PlanForm, header) =>
      dataOf(api.PUT('/doctors/me/availability', { body: planOf(values) as never, params: { header } })),
    () => plan.version,
  );
  const days = t('availability.weekdays', { returnObjects: true }) as unknown as string[];
  const copyToWorkingDays = (index: number) => {
    const rule = form.getValues(`weekly.${index}`);
    for (const weekday of WORKING_DAYS)
      if (weekday !== rule.weekday) weekly.append({ ...rule, weekday }, { shouldFocus: false });
  };
  return (
    <form
      noValidate
      onSubmit={form.handleSubmit((values) =>
        save.mutate(values, {
          onSuccess: (saved) => {
            form.reset(formOf(saved));
            toast(t('availability.published'));
          },
          onError: (error) =>
            applyFieldProblems(error, (name, fault, options) =>
              form.setError(fieldOf(String(name)) as never, fault, options),
            ),
        }),
      )}
    >
      <UnsavedGuard unsaved={formState.isDirty} />
      <Stack gap="xl">
        <Text className="quiet">{t('availability.lead', { zone })}</Text>
        <WeekGrid weekly={shown} />
        <section aria-labelledby="semaine">
          <Title order={2} size="h4" id="semaine" mb="xs">
            {t('availability.weekly')}
          </Title>
          <Stack>
            {weekly.fields.length === 0 && dates.fields.length === 0 && (
              <Text className="quiet">{t('availability.empty')}</Text>
            )}
            {weekly.fields.map((field, index) => (
              <div key={field.id} className="rule" role="group" aria-label={`${t('availability.weekly')} ${index + 1}`}>
                <NativeSelect
                  size="sm"
                  label={t('availability.day')}
                  data={[{ value: '', label: '—' }, ...days.map((label, day) => ({ value: String(day + 1), label }))]}
                  error={errors.weekly?.[index]?.weekday?.message}
                  {...register(`weekly.${index}.weekday`)}
                />
                <HoursFields
                  name={`weekly.${index}`}
                  currency={field.currency}
                  register={register}
                  errors={errors.weekly?.[index]}
                />
                <Group gap={4} mt={24}>
                  <Button size="compact-sm" variant="subtle" onClick={() => copyToWorkingDays(index)}>
                    {t('availability.copy')}
                  </Button>
                  <CloseButton aria-label={`${t('common.remove')} ${index + 1}`} onClick={() => weekly.remove(index)} />
                </Group>
              </div>
            ))}
            <Button
              variant="default"
              style={{ alignSelf: 'start' }}
              onClick={() => weekly.append({ ...newHours(shown.at(-1), currency), weekday: '1' })}
            >
              {t('availability.addHours')}
            </Button>
          </Stack>
        </section>
        <section aria-labelledby="dates">
          <Title order={2} size="h4" id="dates" mb="xs">
            {t('availability.dates')}
          </Title>
          <Stack>
            {dates.fields.map((field, index) => (
              <div key={field.id} className="rule" role="group" aria-label={`${t('availability.dates')} ${index + 1}`}>
                <TextInput
                  type="date"
                  size="sm"
                  label={t('availability.date')}
                  error={errors.dates?.[index]?.date?.message}
                  {...register(`dates.${index}.date`)}
                />
                <HoursFields
                  name={`dates.${index}`}
                  currency={field.currency}
                  register={register}
                  errors={errors.dates?.[index]}
                />
                <CloseButton
                  mt={26}
                  aria-label={`${t('common.remove')} ${index + 1}`}
                  onClick={() => dates.remove(index)}
                />
              </div>
            ))}
            <Button
              variant="default"
              style={{ alignSelf: 'start' }}
              onClick={() => dates.append({ ...newHours(shown.at(-1), currency), date: dayKey(new Date()) })}
            >
              {t('availability.addDate')}
            </Button>
          </Stack>
        </section>
        <section aria-labelledby="absences">
          <Title order={2} size="h4" id="absences" mb="xs">
            {t('availability.exceptions')}
          </Title>
          <Stack>
            {exceptions.fields.map((field, index) => (
              <div
                key={field.id}
                className="rule"
                role="group"
                aria-label={`${t('availability.exceptions')} ${index + 1}`}
              >
                <TextInput
                  type="date"
                  size="sm"
                  label={t('availability.date')}
                  error={errors.exceptions?.[index]?.date?.message}
                  {...register(`exceptions.${index}.date`)}
                />
                <TextInput
                  type="time"
                  size="sm"
                  label={t('availability.start')}
                  description={t('availability.allDay')}
                  error={errors.exceptions?.[index]?.start?.message}
                  {...register(`exceptions.${index}.start`)}
                />
                <TextInput
                  type="time"
                  size="sm"
                  label={t('availability.end')}
                  description={t('availability.allDay')}
                  error={errors.exceptions?.[index]?.end?.message}
                  {...register(`exceptions.${index}.end`)}
                />
                <CloseButton
                  mt={26}
                  aria-label={`${t('common.remove')} ${index + 1}`}
                  onClick={() => exceptions.remove(index)}
                />
              </div>
            ))}
            <Button
              variant="default"
              style={{ alignSelf: 'start' }}
              onClick={() => exceptions.append({ date: dayKey(new Date()), start: '', end: '' })}
            >
              {t('availability.addException')}
            </Button>
          </Stack>
        </section>
        <section aria-labelledby="reglages">
          <Title order={2} size="h4" id="reglages" mb="xs">
            {t('availability.settings')}
          </Title>
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
        </section>
        <PaymentTerms form={form} />
        {!hasOnlyFieldProblems(save.error) && <WriteProblem inForm error={save.error} />}
        <ActionButton type="submit" loading={save.isPending} style={{ alignSelf: 'start' }}>
          {t('availability.publish')}
        </ActionButton>
      </Stack>
    </form>
  );
}

export default function AvailabilityPage() {
  const { t } = useTranslation();
  const availability = useAvailability();
  return (
    <Page title={t('availability.title')}>
      {availability.isPending && <Loading rows={4} />}
      {availability.isError && <Failed error={availability.error} retry={availability.refetch} />}
      {availability.data && <Editor plan={availability.data} />}
    </Page>
  );
}
