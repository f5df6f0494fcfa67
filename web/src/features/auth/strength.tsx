import { Progress, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** The estimator and its word lists are large: they come when the first character is typed. */
const estimator = async () => {
  const [core, common] = await Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')]);
  const factory = new core.ZxcvbnFactory({
    dictionary: common.dictionary as never,
    graphs: common.adjacencyGraphs as never,
  });
  return (password: string) => factory.check(password.slice(0, 100)).score as number;
};
let loaded: ReturnType<typeof estimator> | undefined;

/** How long a password would resist guessing: 0 (at once) to 4. */
export function PasswordStrength({ password }: { password: string }) {
  const { t } = useTranslation();
  const [score, setScore] = useState<number>();
  const [settled] = useDebouncedValue(password, 200);
  useEffect(() => {
    if (!settled) return setScore(undefined);
    let current = true;
    loaded ??= estimator();
    loaded.then(
      (estimate) => current && setScore(estimate(settled)),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [settled]);
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
      </Text>
    </div>
  );
}
