import { Alert, Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { SlotTaken } from '../../components/slot-taken';
import { WriteProblem } from '../../components/states';
import { ProblemError } from '../../lib/problems';
import type { Slot } from '../../lib/slots';

export const isRefused = (error: unknown, code: string): error is ProblemError =>
  error instanceof ProblemError && error.code === code;

/** As many requests wait for an answer as may: which, and where they can be cancelled. */
function TooManyOpen({ problem, name }: { problem: ProblemError; name: string }) {
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

/** Why a booking failed and what can be done about it, in its form. @param name the doctor's */
export function Refusal({ error, name, onChoose }: { error: unknown; name: string; onChoose: (slot: Slot) => void }) {
  if (isRefused(error, 'slot-taken')) return <SlotTaken problem={error} onChoose={onChoose} />;
  if (isRefused(error, 'too-many-requests-open')) return <TooManyOpen problem={error} name={name} />;
  // Said at its field.
  if (isRefused(error, 'examination-required')) return null;
  return <WriteProblem inForm error={error} />;
}
