import { ActionIcon, Button, Menu, Text } from '@mantine/core';
import { IconDotsVertical } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Failed, Loading } from '../../components/states';
import { formatDayTime, formatTime } from '../../lib/format';
import { useAuthorName } from './author';
import { type Entry, useVersions } from './calls';
import { Details } from './details';
import { FileButton } from './files';
import { icons } from './kinds';
import styles from './record.module.css';
import { nameOf } from './vitals';

function Versions({ patientId, entry }: { patientId: string; entry: Entry }) {
  const { t, i18n } = useTranslation();
  const nameOfAuthor = useAuthorName();
  const versions = useVersions(patientId, entry.id, true);
  if (versions.isPending) return <Loading rows={1} height={60} />;
  if (versions.isError) return <Failed error={versions.error} retry={versions.refetch} />;
  return (
    <ol className={styles.versions} reversed>
      {versions.data.items
        .filter(({ version }) => version < entry.version)
        .map((version) => (
          <li key={version.version}>
            <Text size="sm" className="quiet">
              {t('record.versionOf', {
                number: version.version,
                when: formatDayTime(version.recordedAt, i18n.language),
                name: nameOfAuthor(version.author),
              })}
            </Text>
            {version.reason && (
              <Text size="sm" dir="auto">
                {version.reason}
              </Text>
            )}
            <Text fw={600} dir="auto">
              {nameOf(version, t)}
            </Text>
            <Details entry={version} />
          </li>
        ))}
    </ol>
  );
}

/** Why the entry is not as it was first written, and how it was. */
function History({ patientId, entry }: { patientId: string; entry: Entry }) {
  const { t, i18n } = useTranslation();
  const nameOfAuthor = useAuthorName();
  const [opened, setOpened] = useState(false);
  const id = useId();
  if (entry.version === 1) return null;
  const { recordedAt, author, reason = '', withdrawn } = entry;
  return (
    <div>
      <Text size="sm" className={styles.why} dir="auto">
        {t(withdrawn ? 'record.withdrawnWhy' : 'record.corrected', {
          when: formatDayTime(recordedAt, i18n.language),
          name: nameOfAuthor(author),
          reason,
        })}
      </Text>
      <Button
        size="compact-sm"
        variant="subtle"
        mt={4}
        aria-expanded={opened}
        aria-controls={id}
        onClick={() => setOpened(!opened)}
      >
        {t(opened ? 'record.hideVersions' : 'record.versions')}
      </Button>
      <div id={id}>{opened && <Versions patientId={patientId} entry={entry} />}</div>
    </div>
  );
}

function Actions({ patientId, entry, name, onWithdraw }: EntryProps & { name: string }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" size="lg" aria-label={t('record.actionsOf', { label: name })}>
          <IconDotsVertical aria-hidden size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {entry.kind !== 'document' && (
          <Menu.Item
            component={Link}
            to={`/patients/${encodeURIComponent(patientId)}/record/${encodeURIComponent(entry.id)}/correct`}
          >
            {t('record.correct.action')}
          </Menu.Item>
        )}
        <Menu.Item onClick={() => onWithdraw?.(entry)}>{t('record.withdraw.action')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface EntryProps {
  patientId: string;
  entry: Entry;
  /** Absent: it is to be read only. */
  onWithdraw: ((entry: Entry) => void) | undefined;
}

/** One thing of the record: what, by whom and when, and what became of it. */
export function EntryCard({ patientId, entry, onWithdraw }: EntryProps) {
  const { t, i18n } = useTranslation();
  const nameOfAuthor = useAuthorName();
  const { kind, withdrawn = false, version, author, createdAt, severity } = entry;
  const Icon = icons[kind];
  const name = nameOf(entry, t);
  const time = t('record.at', { time: formatTime(createdAt, i18n.language) });
  return (
    <article className={`card ${styles.entry}`} data-withdrawn={withdrawn} aria-label={name}>
      <span className={styles.mark} data-severe={severity === 'severe' && !withdrawn}>
        <Icon aria-hidden size={20} />
      </span>
      <div>
        <Text size="sm" className="quiet">
          {t(`record.kinds.${kind}`)} · {version === 1 && `${t('record.by', { name: nameOfAuthor(author) })} `}
          {time}
        </Text>
        <h4 className={styles.name}>
          <bdi>{name}</bdi>
        </h4>
      </div>
      {withdrawn ? (
        <span className={`${styles.badge} ${styles.withdrawn}`}>{t('record.withdrawn')}</span>
      ) : onWithdraw ? (
        <Actions patientId={patientId} entry={entry} name={name} onWithdraw={onWithdraw} />
      ) : (
        <span />
      )}
      <div>
        <Details entry={entry} />
        <FileButton patientId={patientId} entry={entry} />
      </div>
      <History patientId={patientId} entry={entry} />
    </article>
  );
}
