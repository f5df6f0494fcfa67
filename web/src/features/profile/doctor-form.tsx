import { Badge, Checkbox, Fieldset, Group, NativeSelect, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Missing } from '../../components/missing';
import { WriteProblem } from '../../components/states';
import { api, dataOf } from '../../lib/api';
import { cities } from '../../lib/cities';
import { specializations, spokenLanguages, timeZones } from '../../lib/codes';
import { applyFieldProblems, hasOnlyFieldProblems } from '../../lib/forms';
import { majorOf, parseAmount } from '../../lib/format';
import { priceFault } from '../../lib/price';
import { type DoctorProfile, useSave } from '../../lib/profile';
import { toast } from '../../lib/toast';

const lines = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

const valuesOf = (profile: DoctorProfile) => ({
  firstName: profile.firstName,
  lastName: profile.lastName,
  gender: (profile.gender ?? '') as string,
  biography: profile.biography ?? '',
  specializations: profile.specializations as string[],
  languages: profile.languages as string[],
  qualifications: profile.qualifications.join('\n'),
  experience: profile.experience.join('\n'),
  city: profile.city ?? '',
  address: profile.address ?? '',
  licenceNumber: profile.licenceNumber ?? '',
  price: profile.consultationPrice ? majorOf(profile.consultationPrice.amount, profile.consultationPrice.currency) : '',
  currency: (profile.consultationPrice?.currency ?? 'TND') as string,
  timeZone: profile.timeZone,
});
type Values = ReturnType<typeof valuesOf>;

function bodyOf({ price, currency, qualifications, experience, ...values }: Values) {
  const amount = parseAmount(price, currency);
  const cleared = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === '' ? null : value]),
  );
  return {
    ...cleared,
    qualifications: lines(qualifications),
    experience: lines(experience),
    consultationPrice: amount === undefined ? null : { amount, currency },
  };
}

export function DoctorForm({ profile }: { profile: DoctorProfile }) {
  const { t, i18n } = useTranslation();
  const form = useForm<Values>({ defaultValues: valuesOf(profile) });
  const { register, control, formState } = form;
  const { errors } = formState;
  const save = useSave(
    ['profile', 'doctor'],
    (values: Values, header) => dataOf(api.PUT('/doctors/me', { body: bodyOf(values) as never, params: { header } })),
    () => profile.version,
  );
  const required = { required: t('common.required') };
  const group = (name: 'specializations' | 'languages', codes: readonly string[], prefix: string) => (
    <Controller
      control={control}
      name={name}
      render={({ field }) => (
        <Checkbox.Group
          value={field.value}
          onChange={field.onChange}
          label={t(`profile.${name}`)}
          id={`champ-${name}`}
          error={errors[name]?.message}
        >
          <SimpleGrid cols={{ base: 1, xs: 2, sm: 3 }} mt="xs" spacing="xs">
            {codes.map((code) => (
              <Checkbox key={code} value={code} label={t(`${prefix}.${code}`)} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
      )}
    />
  );
  return (
    <form
      noValidate
      onSubmit={form.handleSubmit((values) =>
        save.mutate(values, {
          onSuccess: () => toast(t('common.saved')),
          onError: (error) =>
            applyFieldProblems(error, (name, fault, options) =>
              form.setError((String(name).startsWith('consultationPrice') ? 'price' : name) as never, fault, options),
            ),
        }),
      )}
    >
      <Stack>
        <Group>
          <Badge
            size="lg"
            variant="outline"
            tt="none"
            styles={{ label: { color: 'var(--ink)' } }}
            color={profile.verification === 'verified' ? 'teal' : profile.verification === 'refused' ? 'red' : 'yellow'}
          >
            {t(`profile.verification.${profile.verification}`)}
          </Badge>
          {profile.verificationReason && <span>{profile.verificationReason}</span>}
        </Group>
        <Missing fields={profile.missing} />
        <TextInput
          label={t('auth.firstName')}
          autoComplete="given-name"
          error={errors.firstName?.message}
          {...register('firstName', required)}
        />
        <TextInput
          label={t('auth.lastName')}
          autoComplete="family-name"
          error={errors.lastName?.message}
          {...register('lastName', required)}
        />
        <NativeSelect
          id="champ-gender"
          label={t('profile.gender')}
          data={[
            { value: '', label: '—' },
            ...['female', 'male'].map((value) => ({ value, label: t(`profile.genders.${value}`) })),
          ]}
          {...register('gender')}
        />
        <Textarea
          id="champ-biography"
          label={t('profile.biography')}
          autosize
          minRows={4}
          maxLength={4000}
          error={errors.biography?.message}
          {...register('biography')}
        />
        {group('specializations', specializations, 'specializations')}
        {group('languages', spokenLanguages, 'languages')}
        <TextInput
          id="champ-city"
          label={t('profile.city')}
          list="villes"
          error={errors.city?.message}
          {...register('city')}
        />
        <datalist id="villes">
          {cities.map((city) => (
            <option key={city} value={city} />
          ))}
        </datalist>
        <TextInput label={t('profile.address')} error={errors.address?.message} {...register('address')} />
        <TextInput
          id="champ-licenceNumber"
          label={t('profile.licenceNumber')}
          error={errors.licenceNumber?.message}
          {...register('licenceNumber')}
        />
        <Fieldset legend={t('profile.consultationPrice')} id="champ-consultationPrice">
          <Group align="start">
            <TextInput
              style={{ flex: 1 }}
              label={t('availability.price')}
              inputMode="decimal"
              error={errors.price?.message}
              {...register('price', {
                validate: (value, { currency }) => {
                  const fault = value === '' ? undefined : priceFault(value, currency, i18n.language);
                  return fault ? t(fault.key, fault.values ?? {}) : true;
                },
              })}
            />
            <NativeSelect label={t('profile.currency')} data={['TND', 'EUR', 'USD']} {...register('currency')} />
          </Group>
        </Fieldset>
        <Textarea
          label={t('profile.qualifications')}
          description={t('profile.perLine')}
          autosize
          minRows={2}
          error={errors.qualifications?.message}
          {...register('qualifications')}
        />
        <Textarea
          label={t('profile.experience')}
          description={t('profile.perLine')}
          autosize
          minRows={2}
          error={errors.experience?.message}
          {...register('experience')}
        />
        <NativeSelect label={t('profile.timeZone')} data={timeZones()} {...register('timeZone')} />
        {!hasOnlyFieldProblems(save.error) && <WriteProblem inForm error={save.error} />}
        <ActionButton type="submit" loading={save.isPending}>
          {t('common.save')}
        </ActionButton>
      </Stack>
    </form>
  );
}
