import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { WriteProblem } from '../../components/states';
import { ProblemError } from '../../lib/problems';
import { declineText } from './card';
import { CardRefused } from './card-entry';

function declineCodeOf(error: unknown): string | undefined {
  if (error instanceof CardRefused) return error.declineCode;
  const declined = error instanceof ProblemError && error.code === 'payment-declined';
  return declined ? String(error.extras.declineCode) : undefined;
}

/** Why it did not work, and what can be done: another card, or the same once more. */
export function Declined({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const code = declineCodeOf(error);
  if (code !== undefined) {
    return (
      <Alert color="red" variant="light" title={t('payments.declined')} role="alert">
        {t(declineText(code))}
      </Alert>
    );
  }
  return (
    <>
      <WriteProblem inForm error={error} />
      {error instanceof ProblemError && error.isTemporary && <Text size="sm">{t('payments.again')}</Text>}
    </>
  );
}
