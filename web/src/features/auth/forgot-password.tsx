import { Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { Page } from '../../components/page';
import { WriteProblem } from '../../components/states';
import { api, dataOf } from '../../lib/api';
import { leftToRight } from '../../lib/format';
import { applyFieldProblems, hasOnlyFieldProblems } from '../../lib/forms';
import { beforeNewPassword } from '../../lib/way-back';
import { useNext } from './next';

/** Says the same whether there is such an account. */
export default function ForgotPassword() {
  const { t } = useTranslation();
  const next = useNext();
  const typed = (useLocation().state as { email?: string } | null)?.email ?? '';
  const form = useForm({ defaultValues: { email: typed } });
  const asking = useMutation({
    mutationFn: (body: { email: string }) => dataOf(api.POST('/auth/password/forgot', { body })),
    onSuccess: () => (next ? beforeNewPassword.remember(next) : beforeNewPassword.forget()),
    onError: (error) => applyFieldProblems(error, form.setError),
  });
  const { errors } = form.formState;
  if (asking.isSuccess) {
    return (
      <div className="narrow">
        <Page title={t('account.forgot.sent')}>
          <Stack className="card" role="status">
            <Text>{t('account.forgot.sentText', { email: leftToRight(asking.variables.email) })}</Text>
            <Group>
              <Button variant="default" onClick={() => asking.reset()}>
                {t('account.forgot.other')}
              </Button>
            </Group>
          </Stack>
        </Page>
      </div>
    );
  }
  return (
    <div className="narrow">
      <Page title={t('account.forgot.title')}>
        <form noValidate className="card" onSubmit={form.handleSubmit((values) => asking.mutate(values))}>
          <Stack>
            <Text>{t('account.forgot.text')}</Text>
            <TextInput
              label={t('auth.email')}
              type="email"
              autoComplete="username"
              error={errors.email?.message}
              {...form.register('email', {
                required: t('common.required'),
                pattern: { value: /^\S+@\S+\.\S+$/, message: t('auth.badEmail') },
              })}
            />
            {!hasOnlyFieldProblems(asking.error) && <WriteProblem inForm error={asking.error} />}
            <ActionButton type="submit" loading={asking.isPending}>
              {t('account.forgot.send')}
            </ActionButton>
            <Anchor component={Link} to={next ?? '/sign-in'} underline="always">
              {t('account.forgot.back')}
            </Anchor>
          </Stack>
        </form>
      </Page>
    </div>
  );
}
