import { Alert, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Page } from '../../components/page';
import { WriteProblem } from '../../components/states';
import { api, dataOf } from '../../lib/api';
import { applyFieldProblems, hasOnlyFieldProblems } from '../../lib/forms';
import { useSession } from '../../lib/session';
import { NewPassword, usePasswordRules } from '../../components/new-password';

const empty = { currentPassword: '', newPassword: '' };

/** For those who are signed in and know their password. */
export default function ChangePassword() {
  const { t } = useTranslation();
  const { account } = useSession();
  const owner = account!;
  const form = useForm({ defaultValues: empty });
  const newPassword = useWatch({ control: form.control, name: 'newPassword' });
  const rules = usePasswordRules(() => owner);
  const change = useMutation({
    mutationFn: (body: typeof empty) => dataOf(api.PUT('/auth/password', { body })),
    onSuccess: () => form.reset(empty),
    onError: (error) => applyFieldProblems(error, form.setError),
  });
  const { errors } = form.formState;
  return (
    <div className="narrow">
      <Page title={t('account.change.title')}>
        <form noValidate className="card" onSubmit={form.handleSubmit((values) => change.mutate(values))}>
          <Stack>
            {change.isSuccess && (
              <Alert color="teal" role="status" title={t('account.change.done')}>
                {t('account.change.doneText')}
              </Alert>
            )}
            <Text>{t('account.change.text')}</Text>
            {/* Tells password managers whose password it is. */}
            <input type="email" autoComplete="username" value={owner.email} readOnly hidden />
            <PasswordInput
              label={t('account.change.current')}
              autoComplete="current-password"
              error={errors.currentPassword?.message}
              {...form.register('currentPassword', { required: t('common.required') })}
            />
            <NewPassword
              label={t('account.change.new')}
              password={newPassword}
              owner={owner}
              error={errors.newPassword?.message}
              field={form.register('newPassword', rules)}
            />
            {!hasOnlyFieldProblems(change.error) && <WriteProblem inForm error={change.error} />}
            <ActionButton type="submit" loading={change.isPending}>
              {t('account.change.save')}
            </ActionButton>
          </Stack>
        </form>
      </Page>
    </div>
  );
}
