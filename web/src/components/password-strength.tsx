import { Progress, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MIN_SCORE, type PasswordOwner, scoreOf } from '../lib/password';

/** How long a password would resist guessing: 0 (at once) to 4, of which 3 is enough. */
export function PasswordStrength({ password, owner }: { password: string; owner: PasswordOwner }) {
  const { t } = useTranslation();
  const [score, setScore] = useState<number>();
  const [settled] = useDebouncedValue(password, 200);
  const { email, firstName, lastName } = owner;
  useEffect(() => {
    if (!settled) return setScore(undefined);
    let current = true;
    scoreOf(settled, { email, firstName, lastName }).then(
      (estimate) => current && setScore(estimate),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [settled, email, firstName, lastName]);
  if (score === undefined) return null;
  const words = t('auth.strengths', { returnObjects: true }) as unknown as string[];
  return (
    <div>
      <Progress
        value={((score + 1) / 5) * 100}
        color={['red', 'orange', 'yellow', 'teal', 'teal'][score]}
        aria-label={t('auth.strength')}
      />
      <Text size="sm" mt={4} role="status">
        {t('auth.strength')} : {words[score]}
        {score < MIN_SCORE && `. ${t('account.strongerHint')}`}
      </Text>
    </div>
  );
}
