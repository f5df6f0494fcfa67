import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { rescueFocusSoon } from '../lib/focus';
import { ActionButton } from './action-button';
import { Dialog } from './dialog';
import { WriteProblem } from './states';

interface Props {
  opened: boolean;
  title: string;
  text?: string;
  label: string;
  hint?: string;
  required: boolean;
  confirm: string;
  keep: string;
  pending: boolean;
  error: unknown;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

/** Asks before something that cannot be undone, with the words for the other side. */
export function ReasonDialog({ opened, title, ...form }: Props) {
  return (
    <Dialog opened={opened} title={title} onClose={form.onClose}>
      <ReasonForm {...form} />
    </Dialog>
  );
}

/** Empty whenever the dialog opens. */
function ReasonForm({
  text,
  label,
  hint,
  required,
  confirm,
  keep,
  pending,
  error,
  onConfirm,
  onClose,
}: Omit<Props, 'opened' | 'title'>) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  // What the dialog was about may be gone with it, and its button too.
  useEffect(() => rescueFocusSoon, []);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(required && reason.trim() === '');
        if (!required || reason.trim() !== '') onConfirm(reason.trim());
      }}
    >
      <Stack>
        {text && <Text>{text}</Text>}
        <Textarea
          label={required ? label : `${label} (${t('common.optional')})`}
          description={hint}
          value={reason}
          maxLength={500}
          autosize
          minRows={2}
          error={missing ? t('common.required') : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <WriteProblem inForm error={error} />
        <Group justify="end">
          <Button variant="default" onClick={onClose}>
            {keep}
          </Button>
          <ActionButton type="submit" color="red.8" loading={pending}>
            {confirm}
          </ActionButton>
        </Group>
      </Stack>
    </form>
  );
}
