import { Button, Group, Text } from '@mantine/core';
import { IconCheck, IconChecks, IconClock, IconPaperclip } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../components/states';
import { download } from '../../lib/download';
import { formatBytes, formatTime } from '../../lib/format';
import type { Message } from '../../lib/messages';
import type { Unsent } from '../../lib/unsent';

type File = Message['files'][number];

function FileLink({ file }: { file: File }) {
  const { i18n } = useTranslation();
  const textOf = useErrorText();
  const [problem, setProblem] = useState<unknown>();
  const save = () => {
    setProblem(undefined);
    download(file.url.replace('/api/v1', ''), file.name).catch(setProblem);
  };
  return (
    <>
      <button type="button" className="plain file" onClick={save}>
        <IconPaperclip aria-hidden size={18} />
        <span className="subject" dir="auto">
          {file.name}
        </span>
        <span className="quiet">({formatBytes(file.size, i18n.language)})</span>
      </button>
      {problem !== undefined && (
        <Text size="sm" role="alert">
          {textOf(problem)}
        </Text>
      )}
    </>
  );
}

/** How far a message has come, as a picture and in words. */
function Mark({ message }: { message: Message }) {
  const { t, i18n } = useTranslation();
  const { readAt, deliveredAt } = message;
  const Icon = deliveredAt ? IconChecks : IconCheck;
  const words = readAt
    ? t('messages.readAt', { when: formatTime(readAt, i18n.language) })
    : t(deliveredAt ? 'messages.delivered' : 'messages.sent');
  return (
    <span className="mark" data-read={readAt !== null}>
      <Icon aria-hidden size={16} />
      {words}
    </span>
  );
}

export function MessageLine({ message, isOwn, author }: { message: Message; isOwn: boolean; author: string }) {
  const { t, i18n } = useTranslation();
  return (
    <li className="message" data-own={isOwn} data-automatic={message.automatic}>
      <div className="bubble">
        <span className="visually-hidden">{isOwn ? t('messages.mine') : author} : </span>
        {message.automatic && (
          <Text size="xs" fw={600}>
            {t('messages.automatic')}
          </Text>
        )}
        {message.text && (
          <p dir="auto" className="said">
            {message.text}
          </p>
        )}
        {message.files.map((file) => (
          <FileLink key={file.id} file={file} />
        ))}
        <Text size="xs" className="when" component="div">
          <time dateTime={message.sentAt}>{formatTime(message.sentAt, i18n.language)}</time>
          {isOwn && !message.automatic && <Mark message={message} />}
        </Text>
      </div>
    </li>
  );
}

export function UnsentLine({
  unsent,
  onRetry,
  onRemove,
}: {
  unsent: Unsent;
  onRetry: () => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const isRefused = unsent.refusal !== undefined;
  return (
    <li className="message" data-own data-unsent>
      <div className="bubble">
        <span className="visually-hidden">{t('messages.mine')} : </span>
        <p dir="auto" className="said">
          {unsent.text}
        </p>
        <Text size="xs" className="when" component="div">
          <span className="mark">
            <IconClock aria-hidden size={16} />
            {t(isRefused ? 'messages.refused' : 'messages.waiting')}
          </span>
        </Text>
        {isRefused && (
          <Text size="sm" role="alert">
            {unsent.refusal}
          </Text>
        )}
        <Group gap="xs" mt={4}>
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            {t('messages.retry')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={onRemove}>
            {t('messages.remove')}
          </Button>
        </Group>
      </div>
    </li>
  );
}
