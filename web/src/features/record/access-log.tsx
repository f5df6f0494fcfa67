import { Anchor, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { IconUrgent } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { Avatar } from '../../components/avatar';
import { Page } from '../../components/page';
import { Empty, Failed, Loading } from '../../components/states';
import { dateFormat, formatTime, tagOf } from '../../lib/format';
import { doctorName } from '../../lib/people';
import { type AccessGroup, groupsOf } from './access-groups';
import { useAccessLog } from './calls';
import styles from './record.module.css';

function Visit({ group }: { group: AccessGroup }) {
  const { t, i18n } = useTranslation();
  const { actor, role, purpose, from, to, day, actions, reasons } = group;
  const isOwn = purpose === 'own';
  const name = isOwn
    ? t('record.access.you')
    : actor
      ? doctorName(actor, t)
      : t(role === 'link' ? 'record.access.link' : 'record.access.operator');
  const [first, last] = [from, to].map((instant) => formatTime(instant, i18n.language));
  const date = dateFormat(tagOf(i18n.language), { timeZone: 'UTC', dateStyle: 'full' });
  return (
    <article className={`card ${styles.access}`} data-purpose={purpose} aria-label={name}>
      <Group gap="sm" wrap="nowrap" align="start">
        {actor && <Avatar person={actor} />}
        <Stack gap={4}>
          <Title order={2} size="h5">
            <bdi>{name}</bdi>
          </Title>
          <Text size="sm" className="quiet">
            {date.format(new Date(`${day}T12:00:00Z`))},{' '}
            <bdi>{first === last ? first : t('record.access.from', { from: first, to: last })}</bdi>
          </Text>
          {purpose === 'emergency' ? (
            <span className={styles.emergency}>
              <IconUrgent aria-hidden size={18} />
              {t('record.access.purposes.emergency')}
            </span>
          ) : (
            <Text size="sm">
              <span className="visually-hidden">{t('record.access.purpose')} : </span>
              {t(`record.access.purposes.${purpose}`)}
            </Text>
          )}
          {reasons.map((reason) => (
            <Text key={reason} dir="auto">
              {t('record.access.reason', { reason })}
            </Text>
          ))}
          <ul style={{ margin: 0, paddingInlineStart: '1.1rem' }}>
            {actions.map(({ action, count }) => {
              const what = t(`record.access.actions.${action}`);
              return <li key={action}>{count > 1 ? t('record.access.times', { what, count }) : what}</li>;
            })}
          </ul>
        </Stack>
      </Group>
    </article>
  );
}

/** `/record/access`: who opened the record, in one go each, the latest first. */
export default function AccessLog() {
  const { t } = useTranslation();
  const [onlyOthers, setOnlyOthers] = useState(false);
  const log = useAccessLog();
  const groups = groupsOf(log.data?.pages.flatMap((page) => page.items) ?? []);
  const shown = onlyOthers ? groups.filter(({ purpose }) => purpose !== 'own') : groups;
  return (
    <>
      <nav aria-label={t('common.back')}>
        <Anchor component={Link} to="/record" underline="always" className="back">
          {t('record.own')}
        </Anchor>
      </nav>
      <Page title={t('record.access.title')}>
        <Stack className="medium">
          <Text>{t('record.access.lead')}</Text>
          {log.isPending && <Loading rows={4} height={120} />}
          {log.isError && <Failed error={log.error} retry={log.refetch} />}
          {log.isSuccess && groups.length === 0 && (
            <Empty title={t('record.access.none')} text={t('record.access.noneText')} />
          )}
          {groups.length > 0 && (
            <Switch
              label={t('record.access.others')}
              checked={onlyOthers}
              onChange={(event) => setOnlyOthers(event.currentTarget.checked)}
            />
          )}
          {groups.length > 0 && shown.length === 0 && <Text role="status">{t('record.access.onlyOwn')}</Text>}
          <ul className="list">
            {shown.map((group) => (
              <li key={group.key}>
                <Visit group={group} />
              </li>
            ))}
          </ul>
          {log.hasNextPage && (
            <ActionButton variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
              {t('common.more')}
            </ActionButton>
          )}
        </Stack>
      </Page>
    </>
  );
}
