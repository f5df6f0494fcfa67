import { Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DoctorSays } from '../lib/appointments';
import { rescueFocusSoon } from '../lib/focus';
import { ActionButton } from './action-button';
import { Dialog } from './dialog';
import { WriteProblem } from './states';

interface Props {
  opened: boolean;
  confirm: string;
  pending: boolean;
  error: unknown;
  onConfirm: (says: DoctorSays) => void;
  onClose: () => void;
}

const MOST = 1_000;

/** Asks a doctor for what the rules of the country want to be known before a first visit by video. */
export function ExaminationDialog({ opened, ...form }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} title={t('visit.examination.title')} onClose={form.onClose}>
      <ExaminationForm {...form} />
    </Dialog>
  );
}

/** Empty whenever the dialog opens. */
function ExaminationForm({ confirm, pending, error, onConfirm, onClose }: Omit<Props, 'opened'>) {
  const { t } = useTranslation();
  const [choice, setChoice] = useState('');
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const said = reason.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (choice === 'examined') onConfirm({ examinedBefore: true });
    if (choice === 'derogation' && said) onConfirm({ derogation: said });
    if (choice && (choice === 'examined' || said)) rescueFocusSoon();
  };
  return (
    <form noValidate onSubmit={submit}>
      <Stack>
        <Text>{t('visit.examination.text')}</Text>
        <Radio.Group
          label={t('visit.examination.question')}
          value={choice}
          onChange={setChoice}
          error={isTried && !choice ? t('common.required') : undefined}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="examined" label={t('visit.examination.examined')} />
            <Radio value="derogation" label={t('visit.examination.derogate')} />
          </Stack>
        </Radio.Group>
        {choice === 'derogation' && (
          <Textarea
            label={t('visit.examination.reason')}
            value={reason}
            maxLength={MOST}
            autosize
            minRows={2}
            error={isTried && !said ? t('common.required') : undefined}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        <WriteProblem inForm error={error} />
        <Group justify="end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <ActionButton type="submit" loading={pending}>
            {confirm}
          </ActionButton>
        </Group>
      </Stack>
    </form>
  );
}
