import { Alert, Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue, useNetwork } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Fragment, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { Page } from '../../components/page';
import { Empty, Failed, Loading } from '../../components/states';
import { dayKey, formatDay } from '../../lib/format';
import { type Conversation, type Message, useConversation, useMarkRead, useMessages } from '../../lib/messages';
import { doctorName, fullName } from '../../lib/people';
import { ProblemError } from '../../lib/problems';
import { type Account, useSession } from '../../lib/session';
import { typing } from '../../lib/typing';
import { unsentOf } from '../../lib/unsent-messages';
import { ClosingButton } from './closing';
import { Composer } from './composer';
import { Emergency } from './emergency';
import { MessageLine, UnsentLine } from './lines';

function useVisible(): boolean {
  return useSyncExternalStore(
    (changed) => {
      document.addEventListener('visibilitychange', changed);
      return () => document.removeEventListener('visibilitychange', changed);
    },
    () => document.visibilityState === 'visible',
  );
}

/** What the reader has before them is read. */
function useReading(conversation: Conversation, newest: Message | undefined): void {
  const isVisible = useVisible();
  const { mutate } = useMarkRead(conversation.id);
  const asked = useRef('');
  useEffect(() => {
    if (!isVisible || !newest || conversation.unread === 0 || asked.current === newest.id) return;
    asked.current = newest.id;
    mutate(newest.id);
  }, [isVisible, newest, conversation.unread, mutate]);
}

/** The newest is in view when the page opens, and when one comes while the reader is at the end. */
function useEnd(count: number): void {
  const before = useRef(0);
  useEffect(() => {
    const isFirst = before.current === 0;
    const wasNear = document.documentElement.scrollHeight - scrollY - innerHeight < 400;
    if (count > before.current && (isFirst || wasNear)) scrollTo(0, document.documentElement.scrollHeight);
    before.current = count;
  }, [count]);
}

function Lines({ messages, account, name }: { messages: readonly Message[]; account: Account; name: string }) {
  const { i18n } = useTranslation();
  return messages.map((message, at) => {
    const isNewDay = at === 0 || dayKey(message.sentAt) !== dayKey(messages[at - 1]!.sentAt);
    return (
      <Fragment key={message.id}>
        {isNewDay && (
          <li className="day">
            <Text size="sm" fw={600} className="quiet">
              {formatDay(message.sentAt, i18n.language)}
            </Text>
          </li>
        )}
        <MessageLine message={message} isOwn={message.author.id === account.id} author={name} />
      </Fragment>
    );
  });
}

interface TalkProps {
  conversation: Conversation;
  account: Account;
  name: string;
  /** Beside something else, which is not to be moved out of view. */
  isBeside?: boolean;
}

export function Talk({ conversation, account, name, isBeside = false }: TalkProps) {
  const { t } = useTranslation();
  const { id, obstacle } = conversation;
  const isDoctor = account.role === 'doctor';
  const queries = useQueryClient();
  const { messages: unsent, send } = useMemo(() => unsentOf(account.id, queries), [account.id, queries]);
  const waiting = useSyncExternalStore(unsent.subscribe, unsent.list).filter((one) => one.conversationId === id);
  const isTyping = useSyncExternalStore(typing.subscribe, () => typing.isTyping(id));
  const isOffline = !useNetwork().online;
  const [text, setText] = useState('');
  const [typed] = useDebouncedValue(text.trim(), 250);
  const list = useMessages(id, typed);
  const messages = (list.data?.pages.flatMap((page) => page.items) ?? []).toReversed();
  useReading(conversation, typed ? undefined : messages.at(-1));
  useEnd(list.isSuccess && !typed && !isBeside ? messages.length + waiting.length : 0);
  const isEmpty = list.isSuccess && messages.length + waiting.length === 0;
  return (
    <Stack className="talk">
      <Group justify="space-between" align="end">
        <form role="search" className="grows" onSubmit={(event) => event.preventDefault()}>
          <TextInput
            type="search"
            label={t('messages.searchIn')}
            maxLength={100}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </form>
        {isDoctor && <ClosingButton key={String(conversation.closed)} conversation={conversation} />}
      </Group>
      {conversation.closed && (
        <Text size="sm" className="quiet">
          {t('messages.closed')}
          {conversation.autoReply && ` · « ${conversation.autoReply} »`}
        </Text>
      )}
      {list.isPending && <Loading rows={4} height={64} />}
      {list.isError && <Failed error={list.error} retry={list.refetch} />}
      {list.hasNextPage && (
        <ActionButton variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('messages.older')}
        </ActionButton>
      )}
      {isEmpty && (
        <Text className="quiet" ta="center" py="xl" role={typed ? 'status' : undefined}>
          {t(typed ? 'messages.noneFound' : 'messages.empty')}
        </Text>
      )}
      <div role="log" aria-label={t('messages.log', { name })} aria-busy={list.isPlaceholderData}>
        <ol className="messages">
          <Lines messages={messages} account={account} name={name} />
          {!typed &&
            waiting.map((one) => (
              <UnsentLine
                key={one.key}
                unsent={one}
                onRetry={() => {
                  unsent.retry(one.key);
                  send();
                }}
                onRemove={() => unsent.remove(one.key)}
              />
            ))}
        </ol>
      </div>
      <div className="write-here">
        <Text size="sm" role="status" className="quiet typing">
          {isTyping && t('messages.typing', { name })}
        </Text>
        {isOffline && (
          <Text size="sm" role="status" fw={600}>
            {t('messages.offline')}
          </Text>
        )}
        {obstacle ? (
          <Alert color="yellow" variant="light">
            {t(`messages.obstacle.${obstacle}`)}
          </Alert>
        ) : (
          <Composer key={id} conversationId={id} messages={unsent} send={send} />
        )}
      </div>
    </Stack>
  );
}

/** `/messages/:id`: what one doctor and one patient write to each other. */
export default function ConversationPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { account } = useSession();
  const { data, isError, error, refetch } = useConversation(id);
  const isMissing = error instanceof ProblemError && error.status === 404;
  const isDoctor = account?.role === 'doctor';
  const name = data ? (isDoctor ? fullName(data.with) : doctorName(data.with, t)) : '';
  return (
    <>
      <nav aria-label={t('common.back')}>
        <Anchor component={Link} to="/messages" underline="always" className="back">
          {t('messages.all')}
        </Anchor>
      </nav>
      <Page title={isMissing ? t('messages.missing') : name || t('messages.title')}>
        {!isDoctor && <Emergency />}
        {data && account ? (
          <Talk key={data.id} conversation={data} account={account} name={name} />
        ) : isMissing ? (
          <Empty title={t('messages.missing')} text={t('messages.missingText')}>
            <Button component={Link} to="/messages">
              {t('messages.all')}
            </Button>
          </Empty>
        ) : isError ? (
          <Failed error={error} retry={refetch} />
        ) : (
          <Loading height={80} />
        )}
      </Page>
    </>
  );
}
