import { Alert, Anchor, PasswordInput, Text, TextInput } from '@mantine/core';
import { useFormContext, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Credentials } from '../lib/identity';
import { ProblemError } from '../lib/problems';
import { WriteProblem } from './states';

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

/** What is asked of whoever has an account, in a form that has these fields. @param error why it was refused */
export function ReturningFields({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const { formState, register } = useFormContext<Credentials>();
  const { errors } = formState;
  const required = { required: t('common.required') };
  return (
    <>
      <TextInput
        label={t('auth.email')}
        type="email"
        autoComplete="username"
        error={errors.email?.message}
        {...register('email', required)}
      />
      <PasswordInput
        label={t('auth.password')}
        autoComplete="current-password"
        error={errors.password?.message}
        {...register('password', required)}
      />
      <SignInProblem error={error} />
    </>
  );
}

/** The way to another password and from there back. @param next the page that it is wanted for */
export function ForgottenPassword({ next }: { next: string | undefined }) {
  const { t } = useTranslation();
  const { control } = useFormContext<Credentials>();
  const email = useWatch({ control, name: 'email' });
  const query = next && `?${new URLSearchParams({ next })}`;
  return (
    <Anchor component={Link} to={`/forgot-password${query ?? ''}`} state={{ email }} underline="always">
      {t('account.forgotten')}
    </Anchor>
  );
}
