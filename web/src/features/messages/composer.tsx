import { ActionIcon, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconPaperclip, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { useErrorText } from '../../components/states';
import { formatBytes } from '../../lib/format';
import { addMessage, invalidateConversation, postFile } from '../../lib/messages';
import { ProblemError } from '../../lib/problems';
import { typing } from '../../lib/typing';
import type { UnsentMessages } from '../../lib/unsent';
import { useCreation } from '../../lib/write';

const MOST_LETTERS = 4000;
const MOST_BYTES = 10 * 1024 * 1024;
const TYPES = 'image/jpeg,image/png,image/webp,application/pdf';

interface Props {
  conversationId: string;
  messages: UnsentMessages;
  send: () => void;
}

/** Where the reader writes: what is typed survives a reload, what is sent survives being offline. */
export function Composer({ conversationId, messages, send }: Props) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const textOf = useErrorText();
  const [text, setText] = useState(() => messages.draft(conversationId));
  const [file, setFile] = useState<File>();
  const [fault, setFault] = useState('');
  const chooser = useRef<HTMLInputElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const upload = useCreation(
    ({ file, text }: { file: File; text: string; name: string; size: number }, key) =>
      postFile(conversationId, file, text, key),
    {
      onSuccess: (message) => {
        addMessage(queries, conversationId, message);
        void invalidateConversation(queries, conversationId);
        empty();
      },
    },
  );
  const write = (typed: string) => {
    setText(typed);
    messages.keepDraft(conversationId, typed);
    if (typed) typing.tell(conversationId);
  };
  const empty = () => {
    write('');
    setFile(undefined);
    upload.reset();
    field.current?.focus();
  };
  const choose = (chosen: File | undefined) => {
    upload.reset();
    setFault(chosen && chosen.size > MOST_BYTES ? t('messages.tooLarge') : '');
    setFile(chosen && chosen.size <= MOST_BYTES ? chosen : undefined);
    if (chooser.current) chooser.current.value = '';
  };
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    const said = text.trim();
    if (file) {
      if (!upload.isPending) upload.mutate({ file, text: said, name: file.name, size: file.size });
    } else if (said) {
      messages.add(conversationId, said);
      send();
      empty();
    }
  };
  const press = (event: KeyboardEvent) => {
    // On phones the key makes a new line, and what is being composed is not finished.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    if (!matchMedia('(pointer: fine)').matches) return;
    event.preventDefault();
    submit();
  };
  const isOffline = upload.error instanceof ProblemError && upload.error.code === 'offline';
  const problem = fault || (upload.error ? (isOffline ? t('messages.fileOffline') : textOf(upload.error)) : '');
  return (
    <form className="composer" onSubmit={submit}>
      <Stack gap={6}>
        {file && (
          <Group gap="xs" wrap="nowrap">
            <Text size="sm" role="status" className="one-line">
              {t('messages.attached', { name: file.name, size: formatBytes(file.size, i18n.language) })}
            </Text>
            <ActionIcon variant="subtle" aria-label={t('messages.detach')} onClick={() => choose(undefined)}>
              <IconX aria-hidden size={18} />
            </ActionIcon>
          </Group>
        )}
        {problem && (
          <Text size="sm" c="red" role="alert">
            {problem}
          </Text>
        )}
        <Group align="end" gap="xs" wrap="nowrap">
          <input
            ref={chooser}
            type="file"
            hidden
            accept={TYPES}
            tabIndex={-1}
            aria-hidden
            onChange={(event) => choose(event.currentTarget.files?.[0])}
          />
          <ActionIcon
            size={40}
            variant="default"
            aria-label={`${t('messages.attach')} (${t('messages.attachHint')})`}
            title={t('messages.attachHint')}
            onClick={() => chooser.current?.click()}
          >
            <IconPaperclip aria-hidden size={20} />
          </ActionIcon>
          <Textarea
            ref={field}
            className="grows"
            aria-label={t('messages.text')}
            placeholder={t('messages.text')}
            dir="auto"
            autosize
            minRows={1}
            maxRows={6}
            maxLength={MOST_LETTERS}
            value={text}
            onChange={(event) => write(event.currentTarget.value)}
            onKeyDown={press}
          />
          <ActionButton type="submit" h={40} loading={upload.isPending}>
            {t('messages.send')}
          </ActionButton>
        </Group>
        <Text size="xs" className="quiet fine-pointer">
          {t('messages.hint')}
        </Text>
      </Stack>
    </form>
  );
}
