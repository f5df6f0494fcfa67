import { Anchor, NativeSelect, Stack, Text } from '@mantine/core';
import { FormProvider, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { NewcomerFields } from '../../components/newcomer-fields';
import { Page } from '../../components/page';
import { WriteProblem } from '../../components/states';
import { hasOnlyFieldProblems } from '../../lib/forms';
import { type Newcomer, nobody, useRegistration } from '../../lib/identity';
import { useLeaveWhenSignedIn } from './next';

interface Fields extends Newcomer {
  role: '' | 'patient' | 'doctor';
}

export default function SignUpPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  useLeaveWhenSignedIn({ isNew: true });
  const asked = search.get('role');
  const role = asked === 'doctor' || asked === 'patient' ? asked : '';
  const form = useForm<Fields>({ defaultValues: { ...nobody, role } });
  const registration = useRegistration(form);
  return (
    <div className="narrow">
      <Page title={t('auth.signUpTitle')}>
        <FormProvider {...form}>
          <form noValidate className="card" onSubmit={form.handleSubmit((values) => registration.mutate(values))}>
            <Stack>
              <NativeSelect
                label={t('auth.role')}
                error={form.formState.errors.role?.message}
                {...form.register('role', { required: t('auth.chooseRole') })}
                data={[
                  { value: '', label: '—' },
                  { value: 'patient', label: t('auth.roles.patient') },
                  { value: 'doctor', label: t('auth.roles.doctor') },
                ]}
              />
              <NewcomerFields />
              {!hasOnlyFieldProblems(registration.error, ['email-taken']) && (
                <WriteProblem inForm error={registration.error} />
              )}
              <ActionButton type="submit" loading={registration.isPending}>
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
        </FormProvider>
      </Page>
    </div>
  );
}
