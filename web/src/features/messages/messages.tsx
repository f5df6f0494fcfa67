import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { Avatar } from '../../components/avatar';
import { Page } from '../../components/page';
import { Empty, Failed, Loading } from '../../components/states';
import { formatShortDayTime } from '../../lib/format';
import { type ConversationItem, useConversations } from '../../lib/messages';
import { doctorName, fullName } from '../../lib/people';
import { useSession } from '../../lib/session';
import { AnsweringButton } from './answering';
import { Emergency } from './emergency';

const MOST_LETTERS = 100;

function Line({ conversation, isDoctor }: { conversation: ConversationItem; isDoctor: boolean }) {
  const { t, i18n } = useTranslation();
  const { id, with: other, lastMessage, unread, closed } = conversation;
  const said = lastMessage && (lastMessage.text || t('messages.file'));
  const isOwn = lastMessage && lastMessage.author.id !== other.id;
  return (
    <li className={unread > 0 ? 'card conversation unread' : 'card conversation'}>
      <Avatar person={other} />
      <div className="conversation-words">
        <Text fw={700} dir="auto">
          <Link className="subject" to={`/messages/${encodeURIComponent(id)}`}>
            {isDoctor ? fullName(other) : doctorName(other, t)}
          </Link>
        </Text>
        {said && (
          <Text size="sm" dir="auto" className="one-line" fw={unread > 0 ? 600 : 400}>
            {isOwn ? t('messages.you', { text: said }) : said}
          </Text>
        )}
        <Text size="xs" className="quiet">
          {lastMessage && formatShortDayTime(lastMessage.sentAt, i18n.language)}
          {closed && ` · ${t('messages.closed')}`}
        </Text>
      </div>
      {unread > 0 && (
        <span className="count">
          <span aria-hidden>{unread > 99 ? '99+' : unread}</span>
          <span className="visually-hidden">{t('messages.unread', { count: unread })}</span>
        </span>
      )}
    </li>
  );
}

/** `/messages`: everybody the reader writes with, the latest first. */
export default function Messages() {
  const { t } = useTranslation();
  const isDoctor = useSession().account?.role === 'doctor';
  const [search, setSearch] = useSearchParams();
  const asked = search.get('q') ?? '';
  const [text, setText] = useState(asked);
  const [typed] = useDebouncedValue(text.trim(), 250);
  useEffect(() => {
    if (typed !== asked) setSearch(typed ? { q: typed } : {}, { replace: true });
  }, [typed]);
  const list = useConversations(asked);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const isEmpty = list.isSuccess && items.length === 0;
  return (
    <Page title={t('messages.title')}>
      <Stack>
        {!isDoctor && <Emergency />}
        <Group align="end">
          <form
            role="search"
            aria-label={t('messages.search')}
            onSubmit={(event) => event.preventDefault()}
            className="grows"
          >
            <TextInput
              type="search"
              label={t('messages.search')}
              maxLength={MOST_LETTERS}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          </form>
          {isDoctor && <AnsweringButton />}
        </Group>
        <Text role="status" className="visually-hidden">
          {isEmpty && asked && t('messages.noneFound')}
        </Text>
        {list.isPending && <Loading rows={4} height={80} />}
        {list.isError && <Failed error={list.error} retry={list.refetch} />}
        {isEmpty &&
          (asked ? (
            <Empty title={t('messages.noneFound')}>
              <Button variant="default" onClick={() => setText('')}>
                {t('patients.clear')}
              </Button>
            </Empty>
          ) : (
            <Empty title={t('messages.none')} text={t(isDoctor ? 'messages.noneDoctor' : 'messages.nonePatient')} />
          ))}
        {items.length > 0 && (
          <ul className="list" aria-busy={list.isPlaceholderData}>
            {items.map((conversation) => (
              <Line key={conversation.id} conversation={conversation} isDoctor={isDoctor} />
            ))}
          </ul>
        )}
        {list.hasNextPage && (
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('common.more')}
          </Button>
        )}
      </Stack>
    </Page>
  );
}
