import { Alert, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from './action-button';
import { minutesToNextLetter, useLetterAgain, useProofElsewhere } from '../lib/email-proof';
import { leftToRight } from '../lib/format';
import { useSession } from '../lib/session';
import { toast } from '../lib/toast';
import { WriteProblem } from './states';

const TICK_MS = 15_000;

/** Time as it passes, for words that count minutes. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Where the link went, and another one; goes away by itself when the address is proven. */
export function ProveEmail({ why }: { why?: string }) {
  const { t } = useTranslation();
  const { account } = useSession();
  const again = useLetterAgain();
  const now = useNow();
  useProofElsewhere();
  if (!account) return null;
  const minutes = minutesToNextLetter(account, now);
  return (
    <Alert color="orange" variant="light" title={t('account.email.title')}>
      <Stack gap="xs" align="start">
        {why && <Text>{why}</Text>}
        <Text style={{ overflowWrap: 'anywhere' }}>
          {t(`account.email.${account.role === 'patient' ? 'sent' : 'sentDoctor'}`, {
            email: leftToRight(account.email),
          })}
        </Text>
        <Text size="sm">
          {t('account.email.look')} {minutes > 0 && t('account.email.wait', { count: minutes })}
        </Text>
        <WriteProblem error={again.error} />
        {minutes === 0 && (
          <ActionButton
            size="sm"
            variant="default"
            loading={again.isPending}
            onClick={() => again.mutate(undefined, { onSuccess: () => toast(t('account.email.sentAgain')) })}
          >
            {t('account.email.again')}
          </ActionButton>
        )}
      </Stack>
    </Alert>
  );
}
