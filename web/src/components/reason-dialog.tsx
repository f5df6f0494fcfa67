import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
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
export function ReasonDialog({
  opened,
  title,
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
}: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  return (
    <Modal.Root opened={opened} onClose={onClose} centered>
      <Modal.Overlay />
      {/* Mantine's own header would be a second banner on the page. */}
      <Modal.Content>
        <Modal.Body pt="md">
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              setMissing(required && reason.trim() === '');
              if (!required || reason.trim() !== '') onConfirm(reason.trim());
            }}
          >
            <Stack>
              <Modal.Title fw={700}>{title}</Modal.Title>
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
                <Button type="submit" color="red.8" loading={pending}>
                  {confirm}
                </Button>
              </Group>
            </Stack>
          </form>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
