import { Fieldset, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Missing } from '../../components/missing';
import { WriteProblem } from '../../components/states';
import { api, dataOf } from '../../lib/api';
import { bloodGroupChoices, timeZones } from '../../lib/codes';
import { applyFieldProblems, hasOnlyFieldProblems } from '../../lib/forms';
import { type PatientProfile, useSave } from '../../lib/profile';
import { toast } from '../../lib/toast';

const text = (value: string | null | undefined): string => value ?? '';

const valuesOf = (profile: PatientProfile) => ({
  firstName: profile.firstName,
  lastName: profile.lastName,
  birthDate: text(profile.birthDate),
  gender: text(profile.gender),
  bloodGroup: text(profile.bloodGroup),
  phone: text(profile.phone),
  address: text(profile.address),
  contactName: text(profile.emergencyContact?.name),
  contactPhone: text(profile.emergencyContact?.phone),
  preferredLanguage: profile.preferredLanguage as string,
  timeZone: profile.timeZone,
});
type Values = ReturnType<typeof valuesOf>;

const bodyOf = ({ contactName, contactPhone, ...values }: Values) => {
  const cleared = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value.trim() === '' ? null : value]),
  );
  const emergencyContact = contactName || contactPhone ? { name: contactName, phone: contactPhone } : null;
  return { ...cleared, firstName: values.firstName, lastName: values.lastName, emergencyContact };
};

export function PatientForm({ profile }: { profile: PatientProfile }) {
  const { t } = useTranslation();
  const form = useForm<Values>({ defaultValues: valuesOf(profile) });
  const { register, formState } = form;
  const { errors } = formState;
  const save = useSave(
    ['profile', 'patient'],
    (body: Values, header) => dataOf(api.PUT('/patients/me', { body: bodyOf(body) as never, params: { header } })),
    () => profile.version,
  );
  const required = { required: t('common.required') };
  const choices = (values: readonly string[], prefix: string) => [
    { value: '', label: '—' },
    ...values.map((value) => ({ value, label: t(`${prefix}.${value}`) })),
  ];
  return (
    <form
      noValidate
      onSubmit={form.handleSubmit((values) =>
        save.mutate(values, {
          onSuccess: () => toast(t('common.saved')),
          onError: (error) =>
            applyFieldProblems(error, (name, fault, options) =>
              form.setError(
                ({ 'emergencyContact.name': 'contactName', 'emergencyContact.phone': 'contactPhone' }[name as string] ??
                  name) as never,
                fault,
                options,
              ),
            ),
        }),
      )}
    >
      <Stack>
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
        <TextInput
          id="champ-birthDate"
          type="date"
          label={t('profile.birthDate')}
          autoComplete="bday"
          error={errors.birthDate?.message}
          {...register('birthDate')}
        />
        <NativeSelect
          id="champ-gender"
          label={t('profile.gender')}
          data={choices(['female', 'male', 'other'], 'profile.genders')}
          error={errors.gender?.message}
          {...register('gender')}
        />
        <TextInput
          id="champ-phone"
          type="tel"
          label={t('profile.phone')}
          placeholder="+216 20 123 456"
          autoComplete="tel"
          error={errors.phone?.message}
          {...register('phone')}
        />
        <NativeSelect
          label={t('profile.bloodGroup')}
          data={bloodGroupChoices}
          error={errors.bloodGroup?.message}
          {...register('bloodGroup')}
        />
        <Textarea
          label={t('profile.address')}
          autosize
          minRows={2}
          maxLength={500}
          error={errors.address?.message}
          {...register('address')}
        />
        <Fieldset legend={t('profile.contact')}>
          <Stack>
            <TextInput
              label={t('profile.contactName')}
              error={errors.contactName?.message}
              {...register('contactName')}
            />
            <TextInput
              type="tel"
              label={t('profile.contactPhone')}
              error={errors.contactPhone?.message}
              {...register('contactPhone')}
            />
          </Stack>
        </Fieldset>
        <NativeSelect
          label={t('profile.preferredLanguage')}
          data={['fr', 'en', 'ar'].map((value) => ({ value, label: t(`languages.${value}`) }))}
          {...register('preferredLanguage')}
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
