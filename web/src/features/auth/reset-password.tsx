import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { Page } from '../../components/page';
import { WriteProblem } from '../../components/states';
import { api, dataOf } from '../../lib/api';
import { applyFieldProblems, hasOnlyFieldProblems } from '../../lib/forms';
import { useLinkToken } from '../../lib/link-token';
import type { PasswordOwner } from '../../lib/password';
import { ProblemError } from '../../lib/problems';
import { beforeNewPassword } from '../../lib/way-back';
import { NewPassword, usePasswordRules } from '../../components/new-password';

/** The link alone does not say whose account it is: the server knows the owner's names. */
const stranger: PasswordOwner = { email: '', firstName: '', lastName: '' };
const nobody = () => stranger;

/** What came of it, and the one way on. */
function Outcome({ title, text, to, label }: { title: string; text: string; to: string; label: string }) {
  return (
    <div className="narrow">
      <Page title={title}>
        <Stack className="card" role="status">
          <Text>{text}</Text>
          <Group>
            <Button component={Link} to={to}>
              {label}
            </Button>
          </Group>
        </Stack>
      </Page>
    </div>
  );
}

/** `/reset-password#token=…`. */
export default function ResetPassword() {
  const token = useLinkToken();
  return <Reset key={token} token={token} />;
}

function Reset({ token }: { token: string }) {
  const { t } = useTranslation();
  const form = useForm({ defaultValues: { password: '' } });
  const password = useWatch({ control: form.control, name: 'password' });
  const rules = usePasswordRules(nobody);
  const [wayBack] = useState(() => beforeNewPassword.path());
  const reset = useMutation({
    mutationFn: (values: { password: string }) =>
      dataOf(api.POST('/auth/password/reset', { body: { token, ...values } })),
    onSuccess: () => beforeNewPassword.forget(),
    onError: (error) => applyFieldProblems(error, form.setError),
  });
  if (reset.isSuccess) {
    return (
      <Outcome
        title={t('account.reset.done')}
        text={t('account.reset.doneText')}
        to={wayBack ?? '/sign-in'}
        label={t('auth.signIn')}
      />
    );
  }
  const refusedLink = reset.error instanceof ProblemError && reset.error.fields.some(({ field }) => field === 'token');
  if (!token || refusedLink) {
    return (
      <Outcome
        title={t('account.reset.badLink')}
        text={t('account.reset.badLinkText')}
        to="/forgot-password"
        label={t('account.reset.another')}
      />
    );
  }
  return (
    <div className="narrow">
      <Page title={t('account.reset.title')}>
        <form noValidate className="card" onSubmit={form.handleSubmit((values) => reset.mutate(values))}>
          <Stack>
            <Text>{t('account.reset.text')}</Text>
            <NewPassword
              password={password}
              owner={stranger}
              error={form.formState.errors.password?.message}
              field={form.register('password', rules)}
            />
            {!hasOnlyFieldProblems(reset.error) && <WriteProblem inForm error={reset.error} />}
            <ActionButton type="submit" loading={reset.isPending}>
              {t('account.reset.save')}
            </ActionButton>
          </Stack>
        </form>
      </Page>
    </div>
  );
}
