import { Button, Group, List, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconUrgent } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { Dialog } from '../../components/dialog';
import { WriteProblem } from '../../components/states';
import { ProblemError } from '../../lib/problems';
import { IntentionKey } from '../../lib/write';
import { useEmergencyAccess, useReadRecordAgain } from './calls';

const LEAST = 10;
const MOST = 1_000;
const steps = ['hours', 'readOnly', 'told', 'admin'] as const;

/** Asks twice: what is opened cannot be unread, and the patient learns of it. */
function EmergencyForm({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<string>();
  const [confirming, setConfirming] = useState(false);
  const [key] = useState(() => new IntentionKey());
  const again = useReadRecordAgain(patientId);
  const opening = useEmergencyAccess(patientId);
  const { error } = opening;
  const isMissing = error instanceof ProblemError && error.status === 404;
  const ask = (event: FormEvent) => {
    event.preventDefault();
    opening.reset();
    const isShort = reason.trim().length < LEAST;
    setFault(isShort ? t('record.emergency.tooShort') : undefined);
    setConfirming(!isShort);
  };
  const open = (event: FormEvent) => {
    event.preventDefault();
    // Not the form that the dialog stands in.
    event.stopPropagation();
    opening.mutate(
      { reason: reason.trim(), key: key.for(reason.trim()) },
      {
        // The page now shows the record.
        onSuccess: again,
        onError: (problem) => {
          if (!(problem instanceof ProblemError)) return;
          if (problem.code === 'already-in-care') void again();
          const atField = problem.fields.find(({ field }) => field === 'reason');
          if (!atField) return;
          setFault(atField.message);
          setConfirming(false);
        },
      },
    );
  };
  return (
    <form noValidate onSubmit={ask}>
      <Stack>
        <Text>{t('record.emergency.text')}</Text>
        <List>
          {steps.map((step) => (
            <List.Item key={step}>{t(`record.emergency.steps.${step}`)}</List.Item>
          ))}
        </List>
        <Textarea
          label={t('record.emergency.reason')}
          description={t('record.emergency.reasonHint')}
          required
          withAsterisk={false}
          autosize
          minRows={3}
          maxLength={MOST}
          value={reason}
          error={fault}
          onChange={(event) => {
            setReason(event.currentTarget.value);
            setFault(undefined);
          }}
        />
        <Group>
          <Button type="submit" color="red.8" leftSection={<IconUrgent aria-hidden size={18} />}>
            {t('record.emergency.open')}
          </Button>
        </Group>
      </Stack>
      <Dialog opened={confirming} title={t('record.emergency.confirmTitle')} onClose={() => setConfirming(false)}>
        <form onSubmit={open}>
          <Stack>
            <Text>{t('record.emergency.confirmText')}</Text>
            <Text fw={600} dir="auto" style={{ whiteSpace: 'pre-line' }}>
              {reason.trim()}
            </Text>
            <WriteProblem
              inForm
              error={isMissing ? new ProblemError(404, 'not-found', t('record.emergency.missing')) : error}
            />
            <Group justify="end">
              <Button variant="default" onClick={() => setConfirming(false)}>
                {t('common.cancel')}
              </Button>
              <ActionButton type="submit" color="red.8" loading={opening.isPending}>
                {t('record.emergency.confirm')}
              </ActionButton>
            </Group>
          </Stack>
        </form>
      </Dialog>
    </form>
  );
}

/** What a doctor reads whom the patient has not let in, and the way in where somebody is in danger. */
export function ClosedRecord({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  return (
    <Stack className="medium">
      <section className="card">
        <Stack gap="sm" align="start">
          <Text>{t('record.closed.text')}</Text>
          <Text>{t('record.closed.unknown')}</Text>
          <Button component={Link} to="/patients" size="sm" variant="default">
            {t('record.closed.back')}
          </Button>
        </Stack>
      </section>
      <section className="card" aria-labelledby="emergency-access">
        <Title order={2} size="h4" mb="sm" id="emergency-access">
          {t('record.emergency.title')}
        </Title>
        <EmergencyForm patientId={patientId} />
      </section>
    </Stack>
  );
}
