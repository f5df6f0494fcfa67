import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { Empty, Failed, Loading } from '../../components/states';
import { dayKey, dateFormat, tagOf } from '../../lib/format';
import { type Entry, type RecordPage, useRecord } from './calls';
import { EntryCard } from './entry';
import { icons, isKind, type Kind, kinds } from './kinds';
import styles from './record.module.css';

const MOST_LETTERS = 100;

/** What is looked for lives in the address, so that it comes back with the back button. */
export function useRecordSearch() {
  const [search, setSearch] = useSearchParams();
  const q = search.get('q') ?? '';
  const wanted = search.get('kind');
  const kind = isKind(wanted) ? wanted : undefined;
  const change = (changes: { q?: string; kind?: Kind | undefined }) =>
    setSearch(
      (before) => {
        for (const [name, value] of Object.entries(changes))
          if (value) before.set(name, value);
          else before.delete(name);
        return before;
      },
      { replace: true },
    );
  return { q, kind, change };
}

function Kinds({ chosen, onChoose }: { chosen: Kind | undefined; onChoose: (kind: Kind | undefined) => void }) {
  const { t } = useTranslation();
  return (
    <div role="group" aria-label={t('record.kind')} className={styles.kinds}>
      {[undefined, ...kinds].map((kind) => {
        const Icon = kind && icons[kind];
        return (
          <button
            key={kind ?? ''}
            type="button"
            className={styles.kind}
            aria-pressed={kind === chosen}
            onClick={() => onChoose(kind)}
          >
            {Icon && <Icon aria-hidden size={16} />}
            {t(kind ? `record.plurals.${kind}` : 'record.all')}
          </button>
        );
      })}
    </div>
  );
}

/** Entries by the day on which they were first written, in the order given. */
function byDay(entries: readonly Entry[]): [string, Entry[]][] {
  const days: [string, Entry[]][] = [];
  for (const entry of entries) {
    const day = dayKey(entry.createdAt);
    const last = days.at(-1);
    if (last?.[0] === day) last[1].push(entry);
    else days.push([day, [entry]]);
  }
  return days;
}

interface Props {
  patientId: string;
  record: ReturnType<typeof useRecord>;
  opened: RecordPage['opened'];
  onWithdraw: ((entry: Entry) => void) | undefined;
}

/** Everything that was written, the newest first, and what makes it less. */
export function History({ patientId, record, opened, onWithdraw }: Props) {
  const { t, i18n } = useTranslation();
  const { q, kind, change } = useRecordSearch();
  const [text, setText] = useState(q);
  const [typed] = useDebouncedValue(text.trim(), 300);
  useEffect(() => {
    if (typed !== q) change({ q: typed });
  }, [typed]);
  const items = record.data?.pages.flatMap((page) => page.items) ?? [];
  const isEmpty = record.isSuccess && items.length === 0 && !record.isPlaceholderData;
  const clear = () => {
    setText('');
    change({ q: '', kind: undefined });
  };
  const dayText = (day: string) =>
    dateFormat(tagOf(i18n.language), { timeZone: 'UTC', dateStyle: 'full' }).format(new Date(`${day}T12:00:00Z`));
  return (
    <Stack>
      <form role="search" aria-label={t('record.search')} onSubmit={(event) => event.preventDefault()}>
        <TextInput
          type="search"
          label={t('record.search')}
          description={t('record.searchHint')}
          maxLength={MOST_LETTERS}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </form>
      <Kinds chosen={kind} onChoose={(chosen) => change({ kind: chosen })} />
      <Text role="status" size="sm" className="quiet">
        {record.isSuccess && items.length > 0 && t('record.found', { count: items.length })}
      </Text>
      {record.isPending && <Loading rows={4} height={110} />}
      {record.isError && <Failed error={record.error} retry={record.refetch} />}
      {isEmpty &&
        (q ? (
          <Empty title={t('record.nothingFound')} text={t('record.nothingFoundText')}>
            <Button variant="default" onClick={clear}>
              {t('record.clear')}
            </Button>
          </Empty>
        ) : kind ? (
          <Empty title={t(`record.plurals.${kind}`)} text={t(`record.emptyKind.${kind}`)}>
            <Button variant="default" onClick={clear}>
              {t('record.clear')}
            </Button>
          </Empty>
        ) : (
          <Empty
            title={t('record.empty')}
            text={t(opened.purpose === 'care' ? 'record.emptyDoctor' : 'record.emptyOwn')}
          />
        ))}
      {items.length > 0 && (
        <Stack gap="lg" aria-busy={record.isPlaceholderData}>
          {byDay(items).map(([day, entries]) => (
            <section key={entries[0]!.id} aria-labelledby={`day-${entries[0]!.id}`}>
              <h3 className={styles.day} id={`day-${entries[0]!.id}`}>
                {dayText(day)}
              </h3>
              <ol className={styles.entries}>
                {entries.map((entry) => (
                  <li key={entry.id}>
                    <EntryCard patientId={patientId} entry={entry} onWithdraw={onWithdraw} />
                  </li>
                ))}
              </ol>
            </section>
          ))}
        </Stack>
      )}
      {record.hasNextPage && (
        <ActionButton variant="default" loading={record.isFetchingNextPage} onClick={() => void record.fetchNextPage()}>
          {t('common.more')}
        </ActionButton>
      )}
    </Stack>
  );
}
