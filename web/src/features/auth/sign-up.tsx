import { Alert, Anchor, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { Page } from '../../components/page';
import { WriteProblem } from '../../components/states';
import { api, dataOf } from '../../lib/api';
import { applyFieldProblems, hasOnlyFieldProblems } from '../../lib/forms';
import { useSession } from '../../lib/session';
import { useCreation } from '../../lib/write';
import { useLeaveWhenSignedIn, useNext } from './next';
import { NewPassword, usePasswordRules } from './new-password';

interface Fields {
  role: '' | 'patient' | 'doctor';
  firstName: string;
  lastName: string;
  email: string;
  password: string;
}

export default function SignUpPage() {
  const { t, i18n } = useTranslation();
  const { signIn } = useSession();
  const [search] = useSearchParams();
  const next = useNext();
  useLeaveWhenSignedIn({ isNew: true });
  const asked = search.get('role');
  const role = asked === 'doctor' || asked === 'patient' ? asked : '';
  const form = useForm<Fields>({ defaultValues: { role, firstName: '', lastName: '', email: '', password: '' } });
  const { password = '', ...owner } = useWatch({ control: form.control });
  const passwordRules = usePasswordRules(form.getValues);
  const register = useCreation(
    (values: Fields, key) =>
      dataOf(
        api.POST('/auth/register', {
          body: { ...values, locale: i18n.language } as never,
          params: { header: { 'Idempotency-Key': key } },
        }),
      ),
    { onSuccess: signIn, onError: (error) => applyFieldProblems(error, form.setError, { 'email-taken': 'email' }) },
  );
  const required = { required: t('common.required') };
  // The server knows more of what is no name.
  const name = { ...required, validate: (text: string) => /\p{L}/u.test(text) || t('account.badName') };
  const { errors } = form.formState;
  return (
    <div className="narrow">
      <Page title={t('auth.signUpTitle')}>
        <form noValidate className="card" onSubmit={form.handleSubmit((values) => register.mutate(values))}>
          <Stack>
            {next?.includes('/book') && <Alert variant="light">{t('booking.signInFirst')}</Alert>}
            <NativeSelect
              label={t('auth.role')}
              error={errors.role?.message}
              {...form.register('role', { required: t('auth.chooseRole') })}
              data={[
                { value: '', label: '—' },
                { value: 'patient', label: t('auth.roles.patient') },
                { value: 'doctor', label: t('auth.roles.doctor') },
              ]}
            />
            <TextInput
              label={t('auth.firstName')}
              autoComplete="given-name"
              maxLength={100}
              error={errors.firstName?.message}
              {...form.register('firstName', name)}
            />
            <TextInput
              label={t('auth.lastName')}
              autoComplete="family-name"
              maxLength={100}
              error={errors.lastName?.message}
              {...form.register('lastName', name)}
            />
            <TextInput
              label={t('auth.email')}
              type="email"
              autoComplete="email"
              error={errors.email?.message}
              {...form.register('email', {
                ...required,
                pattern: { value: /^\S+@\S+\.\S+$/, message: t('auth.badEmail') },
              })}
            />
            <NewPassword
              password={password}
              owner={{ email: '', firstName: '', lastName: '', ...owner }}
              error={errors.password?.message}
              field={form.register('password', passwordRules)}
            />
            {!hasOnlyFieldProblems(register.error, ['email-taken']) && <WriteProblem inForm error={register.error} />}
            <ActionButton type="submit" loading={register.isPending}>
              {t('auth.create')}
            </ActionButton>
            <Text>
              {t('auth.haveAccount')}{' '}
              <Anchor component={Link} to={`/sign-in?${search}`} underline="always">
                {t('nav.signIn')}
              </Anchor>
            </Text>
          </Stack>
        </form>
      </Page>
    </div>
  );
}
