import { PasswordInput } from '@mantine/core';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { isWeak, type PasswordOwner } from '../lib/password';
import { PasswordStrength } from './password-strength';

/** What is asked of a password here; the server asks it again. @param ownerOf what is known of the owner at submission */
export function usePasswordRules(ownerOf: () => PasswordOwner) {
  const { t } = useTranslation();
  return {
    required: t('common.required'),
    minLength: { value: 8, message: t('auth.minLength') },
    validate: async (password: string) => ((await isWeak(password, ownerOf())) ? t('account.weak') : true),
  };
}

/** A password that is to be set, and how well it would hold. */
export function NewPassword({
  label,
  password,
  owner,
  error,
  field,
}: {
  /** By default just « password ». */
  label?: string;
  password: string;
  owner: PasswordOwner;
  error: string | undefined;
  field: UseFormRegisterReturn;
}) {
  const { t } = useTranslation();
  return (
    <>
      <PasswordInput
        label={label ?? t('auth.password')}
        description={t('auth.minLength')}
        autoComplete="new-password"
        error={error}
        {...field}
      />
      <PasswordStrength password={password} owner={owner} />
    </>
  );
}
