import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useOpenConversation } from '../lib/messages';
import { ProblemError } from '../lib/problems';
import { ActionButton } from './action-button';
import { WriteProblem } from './states';

/** Leads to the conversation of the two, which begins with it. */
export function WriteButton({ to }: { to: { doctorId: string } | { patientId: string } }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const open = useOpenConversation();
  const noCare = open.error instanceof ProblemError && open.error.status === 404;
  return (
    <Stack gap="xs" align="start">
      <ActionButton
        size="sm"
        variant="default"
        loading={open.isPending}
        onClick={() => open.mutate(to, { onSuccess: ({ id }) => void navigate(`/messages/${encodeURIComponent(id)}`) })}
      >
        {t('messages.write')}
      </ActionButton>
      {noCare ? (
        <Text size="sm" role="alert">
          {t('messages.noCare')}
        </Text>
      ) : (
        <WriteProblem error={open.error} />
      )}
    </Stack>
  );
}
