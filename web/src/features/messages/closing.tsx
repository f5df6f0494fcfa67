import { Button, Group, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Dialog } from '../../components/dialog';
import { WriteProblem } from '../../components/states';
import { type Conversation, useClosing } from '../../lib/messages';
import { toast } from '../../lib/toast';

/** By its doctor: closes the conversation, with an answer or without, and opens it again. */
export function ClosingButton({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const closing = useClosing(conversation.id);
  const [opened, setOpened] = useState(false);
  const [reply, setReply] = useState(conversation.answering.autoReply ?? '');
  const close = (event: FormEvent) => {
    event.preventDefault();
    closing.mutate(
      { closed: true, autoReply: reply.trim() || null },
      {
        onSuccess: () => {
          setOpened(false);
          toast(t('messages.closing.closed'));
        },
      },
    );
  };
  if (conversation.closed)
    return (
      <Stack gap="xs">
        <ActionButton
          variant="default"
          size="sm"
          loading={closing.isPending}
          onClick={() => closing.mutate({ closed: false }, { onSuccess: () => toast(t('messages.closing.reopened')) })}
        >
          {t('messages.closing.reopen')}
        </ActionButton>
        <WriteProblem error={closing.error} />
      </Stack>
    );
  return (
    <>
      <Button variant="default" size="sm" onClick={() => setOpened(true)}>
        {t('messages.closing.close')}
      </Button>
      {opened && (
        <Dialog title={t('messages.closing.title')} onClose={() => setOpened(false)}>
          <form onSubmit={close}>
            <Stack>
              <Textarea
                label={t('messages.closing.reply')}
                description={t('messages.closing.replyHint')}
                autosize
                minRows={2}
                maxLength={1000}
                value={reply}
                onChange={(event) => setReply(event.currentTarget.value)}
              />
              <WriteProblem error={closing.error} inForm />
              <Group justify="end">
                <Button variant="default" onClick={() => setOpened(false)}>
                  {t('common.cancel')}
                </Button>
                <ActionButton type="submit" loading={closing.isPending}>
                  {t('messages.closing.confirm')}
                </ActionButton>
              </Group>
            </Stack>
          </form>
        </Dialog>
      )}
    </>
  );
}
