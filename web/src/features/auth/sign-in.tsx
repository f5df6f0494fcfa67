import { Alert, Anchor, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { Page } from '../../components/page';
import { WriteProblem } from '../../components/states';
import { api, dataOf } from '../../lib/api';
import { useSession } from '../../lib/session';
import { ProblemError } from '../../lib/problems';
import { useLeaveWhenSignedIn, useNext } from './next';

/** Who is suspended reads why. */
function SignInProblem({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const { code, extras } = error instanceof ProblemError ? error : { code: '', extras: {} as { reason?: unknown } };
  if (code !== 'account-suspended') return <WriteProblem inForm error={error} />;
  return (
    <Alert color="red" variant="light" role="alert" title={t('account.suspended')}>
      <Text>{t('account.suspendedWhy', { reason: String(extras.reason ?? '') })}</Text>
      <Text mt="xs">{t('account.suspendedText')}</Text>
    </Alert>
  );
}

export default function SignInPage() {
  const { t } = useTranslation();
  const { signIn } = useSession();
  const [search] = useSearchParams();
  const next = useNext();
  useLeaveWhenSignedIn({ isNew: false });
  const form = useForm({ defaultValues: { email: '', password: '' } });
  const login = useMutation({
    mutationFn: (body: { email: string; password: string }) => dataOf(api.POST('/auth/login', { body })),
    onSuccess: signIn,
  });
  const { errors } = form.formState;
  return (
    <div className="narrow">
      <Page title={t('auth.signInTitle')}>
        <form noValidate onSubmit={form.handleSubmit((values) => login.mutate(values))} className="card">
          <Stack>
            {next?.includes('/book') && <Alert variant="light">{t('booking.signInFirst')}</Alert>}
            <TextInput
              label={t('auth.email')}
              type="email"
              autoComplete="username"
              error={errors.email?.message}
              {...form.register('email', { required: t('common.required') })}
            />
            <PasswordInput
              label={t('auth.password')}
              autoComplete="current-password"
              error={errors.password?.message}
              {...form.register('password', { required: t('common.required') })}
            />
            <SignInProblem error={login.error} />
            <ActionButton type="submit" loading={login.isPending}>
              {t('auth.signIn')}
            </ActionButton>
            <Anchor component={Link} to="/forgot-password" underline="always">
              {t('account.forgotten')}
            </Anchor>
            <Text>
              {t('auth.noAccount')}{' '}
              <Anchor component={Link} to={`/sign-up?${search}`} underline="always">
                {t('nav.signUp')}
              </Anchor>
            </Text>
          </Stack>
        </form>
      </Page>
    </div>
  );
}
