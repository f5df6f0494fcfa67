import { Anchor, Stack, Text } from '@mantine/core';
import { FormProvider, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { Page } from '../../components/page';
import { ForgottenPassword, ReturningFields } from '../../components/returning-fields';
import { type Credentials, useSigningIn } from '../../lib/identity';
import { useLeaveWhenSignedIn, useNext } from './next';

export default function SignInPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const next = useNext();
  useLeaveWhenSignedIn({ isNew: false });
  const form = useForm<Credentials>({ defaultValues: { email: '', password: '' } });
  const signingIn = useSigningIn(form);
  return (
    <div className="narrow">
      <Page title={t('auth.signInTitle')}>
        <FormProvider {...form}>
          <form noValidate onSubmit={form.handleSubmit((values) => signingIn.mutate(values))} className="card">
            <Stack>
              <ReturningFields error={signingIn.error} />
              <ActionButton type="submit" loading={signingIn.isPending}>
                {t('auth.signIn')}
              </ActionButton>
              <ForgottenPassword next={next} />
              <Text>
                {t('auth.noAccount')}{' '}
                <Anchor component={Link} to={`/sign-up?${search}`} underline="always">
                  {t('nav.signUp')}
                </Anchor>
              </Text>
            </Stack>
          </form>
        </FormProvider>
      </Page>
    </div>
  );
}
