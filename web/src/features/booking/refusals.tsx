import { Alert, Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ProblemError } from '../../lib/problems';

/** As many requests wait for an answer as may: which, and where they can be cancelled. */
export function TooManyOpen({ problem, name }: { problem: ProblemError; name: string }) {
  const { t } = useTranslation();
  const { max, scope } = problem.extras as { max: number; scope: 'doctor' | 'all' };
  return (
    <Alert color="orange" variant="light" title={t(`booking.tooMany.${scope}`, { count: max, name })} role="alert">
      <Text mb="sm">{t('booking.tooMany.text')}</Text>
      <Button component={Link} to="/appointments" size="sm" variant="default">
        {t('nav.appointments')}
      </Button>
    </Alert>
  );
}
