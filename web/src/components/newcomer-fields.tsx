import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Newcomer } from '../lib/identity';
import { NewPassword, usePasswordRules } from './new-password';

/**
 * What is asked of whoever makes an account, in a form that has these fields.
 * @param ifTaken what somebody can do whose e-mail has an account
 */
export function NewcomerFields({ ifTaken }: { ifTaken?: ReactNode }) {
  const { t } = useTranslation();
  const { control, formState, getValues, register } = useFormContext<Newcomer>();
  const { password = '', email = '', firstName = '', lastName = '' } = useWatch({ control });
  const passwordRules = usePasswordRules(getValues);
  const required = { required: t('common.required') };
  // The server knows more of what is no name.
  const name = { ...required, validate: (text: string) => /\p{L}/u.test(text) || t('account.badName') };
  const { errors } = formState;
  return (
    <>
      <TextInput
        label={t('auth.firstName')}
        autoComplete="given-name"
        maxLength={100}
        error={errors.firstName?.message}
        {...register('firstName', name)}
      />
      <TextInput
        label={t('auth.lastName')}
        autoComplete="family-name"
        maxLength={100}
        error={errors.lastName?.message}
        {...register('lastName', name)}
      />
      <TextInput
        label={t('auth.email')}
        type="email"
        autoComplete="email"
        error={errors.email?.message}
        {...register('email', {
          ...required,
          pattern: { value: /^\S+@\S+\.\S+$/, message: t('auth.badEmail') },
        })}
      />
      {errors.email?.type === 'email-taken' && ifTaken}
      <NewPassword
        password={password}
        owner={{ email, firstName, lastName }}
        error={errors.password?.message}
        field={register('password', passwordRules)}
      />
    </>
  );
}
