import { Anchor, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { FormProvider, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'react-router';
import { NewcomerFields } from '../../components/newcomer-fields';
import { ForgottenPassword, ReturningFields } from '../../components/returning-fields';
import { WriteProblem } from '../../components/states';
import { hasOnlyFieldProblems } from '../../lib/forms';
import { type Credentials, type Newcomer, nobody, useRegistration, useSigningIn } from '../../lib/identity';
import type { Account } from '../../lib/session';

const RETURNING = 'returning';

/** Who a visitor says they are: somebody new, who gets an account, or somebody who has one. */
export function useIdentity() {
  const [search] = useSearchParams();
  const [isReturning, setReturning] = useState(search.get('as') === RETURNING);
  const newcomer = useForm<Newcomer>({ defaultValues: nobody });
  const returning = useForm<Credentials>({ defaultValues: { email: '', password: '' } });
  const registration = useRegistration(newcomer);
  const signingIn = useSigningIn(returning);

  const choose = (choice: string) => {
    if (choice === RETURNING) returning.setValue('email', newcomer.getValues('email'));
    else newcomer.setValue('email', returning.getValues('email'));
    newcomer.clearErrors();
    returning.clearErrors();
    registration.reset();
    signingIn.reset();
    setReturning(choice === RETURNING);
  };

  /** Checks the fields, signs up or in, and goes on with the account; otherwise says why not. */
  const identify = (goOn: (account: Account) => Promise<void>): Promise<void> => {
    const known = async ({ account }: { account: Account }) => {
      await goOn(account);
      // Should the session end here, nobody else reads who it was.
      newcomer.reset();
      returning.reset();
      setReturning(true);
    };
    const refused = () => undefined;
    if (isReturning) return returning.handleSubmit((values) => signingIn.mutateAsync(values).then(known, refused))();
    const signUp = (values: Newcomer) => registration.mutateAsync({ ...values, role: 'patient' });
    return newcomer.handleSubmit((values) => signUp(values).then(known, refused))();
  };

  return {
    newcomer,
    returning,
    isReturning,
    choose,
    identify,
    isBusy: newcomer.formState.isSubmitting || returning.formState.isSubmitting,
    error: isReturning ? signingIn.error : registration.error,
  };
}

/** Names and address of somebody new, or address and password of somebody known: part of the form around it. */
export function IdentityFields({
  identity: { newcomer, returning, isReturning, choose, error },
}: {
  identity: ReturnType<typeof useIdentity>;
}) {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  const here = new URLSearchParams(search);
  here.set('as', RETURNING);
  const signInInstead = () => {
    flushSync(() => choose(RETURNING));
    returning.setFocus('password');
  };
  return (
    <Stack component="section" aria-labelledby="identite">
      <Title order={2} size="h4" id="identite">
        {t('booking.who')}
      </Title>
      <SegmentedControl
        fullWidth
        aria-labelledby="identite"
        value={isReturning ? RETURNING : ''}
        onChange={choose}
        data={[
          { value: '', label: t('booking.newcomer') },
          { value: RETURNING, label: t('booking.returning') },
        ]}
      />
      {isReturning ? (
        <FormProvider {...returning}>
          <ReturningFields error={error} />
          <ForgottenPassword next={`${pathname}?${here}`} />
        </FormProvider>
      ) : (
        <FormProvider {...newcomer}>
          <Text size="sm" className="quiet">
            {t('booking.newcomerText')}
          </Text>
          <NewcomerFields
            ifTaken={
              <Anchor component="button" type="button" ta="start" underline="always" onClick={signInInstead}>
                {t('booking.isMine')}
              </Anchor>
            }
          />
          {!hasOnlyFieldProblems(error, ['email-taken']) && <WriteProblem inForm error={error} />}
        </FormProvider>
      )}
    </Stack>
  );
}
