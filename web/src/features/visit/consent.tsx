import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { WriteProblem } from '../../components/states';
import type { VisitState } from '../../lib/waiting';
import { useVisitStep, type VisitAccess } from './calls';

/** What the patient agrees to before the first video visit, in the words of the version that is recorded. */
export function Consent({ access, state }: { access: VisitAccess; state: VisitState }) {
  const { t } = useTranslation();
  const step = useVisitStep(access);
  const { version, text } = state.consent;
  return (
    <Stack className="card" maw="44rem" component="section" aria-labelledby="accord">
      <Title order={2} size="h4" id="accord">
        {t('call.consent.title')}
      </Title>
      <Text className="as-written" dir="auto">
        {text}
      </Text>
      <Text className="quiet" size="sm">
        {t('call.consent.version', { version })}
      </Text>
      <Group>
        <ActionButton loading={step.isPending} onClick={() => step.mutate({ name: 'consent', version })}>
          {t('call.consent.accept')}
        </ActionButton>
        <Button variant="default" component={Link} to={`/appointments/${access.appointmentId}`}>
          {t('call.consent.refuse')}
        </Button>
      </Group>
      <WriteProblem error={step.error} />
    </Stack>
  );
}
