import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '../../components/page';
import { ProveEmail } from '../../components/prove-email';
import { Failed, Loading } from '../../components/states';
import { api, dataOf } from '../../lib/api';
import { announceProof } from '../../lib/email-proof';
import { useLinkToken } from '../../lib/link-token';
import { ProblemError } from '../../lib/problems';
import { useSession } from '../../lib/session';
import { beforeProof } from '../../lib/way-back';

const homes = { patient: '/doctors', doctor: '/get-started', admin: '/verifications' };

/** The address is proven: on to where the person was. */
function Verified() {
  const { t } = useTranslation();
  const { account } = useSession();
  const [wayBack] = useState(() => beforeProof.path());
  useEffect(() => beforeProof.forget(), []);
  const next = wayBack ?? (account ? homes[account.role] : '/sign-in');
  return (
    <Stack className="card" role="status">
      <Text>{t('account.email.verifiedText')}</Text>
      <Group>
        <Button component={Link} to={next}>
          {t(account ? 'account.email.continue' : 'account.email.signIn')}
        </Button>
      </Group>
    </Stack>
  );
}

/** The link is over: another one, for whom it can be had. */
function BadLink({ message }: { message: string }) {
  const { t } = useTranslation();
  const { account } = useSession();
  return (
    <Stack>
      <Alert color="red" variant="light" role="alert">
        {message}
      </Alert>
      {account?.emailVerified && <Text>{t('account.email.alreadyText')}</Text>}
      {account && !account.emailVerified && <ProveEmail />}
      {account === null && (
        <>
          <Text>{t('account.email.signInForAnother')}</Text>
          <Group>
            <Button component={Link} to="/sign-in">
              {t('account.email.signIn')}
            </Button>
          </Group>
        </>
      )}
    </Stack>
  );
}

/** `/verify-email#token=…`: opened on any device, signed in or not. */
export default function VerifyEmail() {
  const token = useLinkToken();
  return <Verification key={token} token={token} />;
}

function Verification({ token }: { token: string }) {
  const { t } = useTranslation();
  const { account, renew } = useSession();
  const begun = useRef(false);
  const verification = useMutation({
    mutationFn: () => dataOf(api.POST('/auth/email/verify', { body: { token } })),
    onSuccess: async ({ id }) => {
      announceProof();
      if (account?.id === id) await renew().catch(() => undefined);
    },
  });
  const { mutate } = verification;
  const known = account !== undefined;
  useEffect(() => {
    // Once it is known who is here; the link is good once.
    if (!known || begun.current) return;
    begun.current = true;
    mutate();
  }, [known, mutate]);
  const { error } = verification;
  const invalid = error instanceof ProblemError && error.status === 422;
  const title = verification.isSuccess ? 'verified' : invalid ? 'badLink' : 'title';
  return (
    <div className="narrow">
      <Page title={t(`account.email.${title}`)}>
        {verification.isSuccess && <Verified />}
        {invalid && <BadLink message={error.fields[0]?.message ?? error.message} />}
        {error && !invalid && <Failed error={error} retry={() => mutate()} />}
        {!verification.isSuccess && !error && <Loading rows={1} />}
      </Page>
    </div>
  );
}
