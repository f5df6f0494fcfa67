import { useMutation } from '@tanstack/react-query';
import type { UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from './api';
import { applyFieldProblems } from './forms';
import { ProblemError } from './problems';
import { useSession } from './session';
import { useCreation } from './write';

export interface Credentials {
  email: string;
  password: string;
}

export interface Newcomer extends Credentials {
  firstName: string;
  lastName: string;
}

export const nobody: Newcomer = { firstName: '', lastName: '', email: '', password: '' };

/** Makes an account and signs in to it; what is refused of a field is said at the field. */
export function useRegistration<Fields extends Newcomer>(form: UseFormReturn<Fields>) {
  const { i18n } = useTranslation();
  const { signIn } = useSession();
  return useCreation(
    (values: Newcomer & { role: string }, key) =>
      dataOf(
        api.POST('/auth/register', {
          body: { ...values, locale: i18n.language } as never,
          params: { header: { 'Idempotency-Key': key } },
        }),
      ),
    {
      onSuccess: signIn,
      onError: (error) => applyFieldProblems(error, form.setError, { 'email-taken': 'email' as never }),
    },
  );
}

/** Signs in; after a wrong password the next one can be typed at once. */
export function useSigningIn(form: UseFormReturn<Credentials>) {
  const { signIn } = useSession();
  return useMutation({
    mutationFn: (body: Credentials) => dataOf(api.POST('/auth/login', { body })),
    onSuccess: signIn,
    onError: (error) => {
      if (error instanceof ProblemError && error.code === 'invalid-credentials')
        form.setFocus('password', { shouldSelect: true });
    },
  });
}
