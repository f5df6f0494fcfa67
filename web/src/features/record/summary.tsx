import { Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCalendarCheck, IconPill, IconStethoscope, type TablerIcon } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { dateFormat, tagOf } from '../../lib/format';
import { doctorName } from '../../lib/people';
import type { Entry, RecordPage } from './calls';
import { formatPartialDay, Severity, useTaken } from './details';
import styles from './record.module.css';

function Part({
  title,
  Icon,
  none,
  children,
}: {
  title: string;
  Icon: TablerIcon;
  none: string;
  children: ReactNode[];
}) {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <Title order={3} size="h5" id={id}>
        <Icon aria-hidden size={20} />
        {title}
      </Title>
      {children.length > 0 ? <ul>{children}</ul> : <Text className="quiet">{none}</Text>}
    </section>
  );
}

const ranks = { severe: 0, moderate: 1, mild: 2 };
/** The most dangerous first. */
const bySeverity = (one: Entry, other: Entry): number =>
  ranks[one.severity ?? 'mild'] - ranks[other.severity ?? 'mild'];

/** What somebody must know who has half a minute. */
export function Summary({ summary }: { summary: RecordPage['summary'] }) {
  const { t, i18n } = useTranslation();
  const taken = useTaken();
  const id = useId();
  const { allergies, medications, conditions, lastVisits } = summary;
  const day = (instant: string) =>
    dateFormat(tagOf(i18n.language), { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(instant));
  return (
    <section aria-labelledby={id}>
      <Title order={2} size="h4" mb="sm" id={id}>
        {t('record.summary')}
      </Title>
      <div className={styles.summary}>
        <Part title={t('record.plurals.allergy')} Icon={IconAlertTriangle} none={t('record.none.allergies')}>
          {[...allergies].sort(bySeverity).map((entry) => (
            <li key={entry.id}>
              <Text component="span" fw={600}>
                <bdi>{entry.label}</bdi>
              </Text>{' '}
              {entry.severity && <Severity severity={entry.severity} />}
            </li>
          ))}
        </Part>
        <Part title={t('record.medications')} Icon={IconPill} none={t('record.none.medications')}>
          {medications.map((entry) => (
            <li key={entry.id}>
              <Text fw={600}>
                <bdi>{entry.label}</bdi>
              </Text>
              <Text size="sm">
                <bdi>
                  {entry.dose} · {entry.frequency}
                </bdi>
              </Text>
              <Text size="sm" className="quiet">
                {taken(entry)}
              </Text>
            </li>
          ))}
        </Part>
        <Part title={t('record.plurals.condition')} Icon={IconStethoscope} none={t('record.none.conditions')}>
          {conditions.map((entry) => (
            <li key={entry.id}>
              <Text fw={600}>
                <bdi>{entry.label}</bdi>
              </Text>
              {entry.onset && (
                <Text size="sm" className="quiet">
                  {t('record.onset', { when: formatPartialDay(entry.onset, i18n.language) })}
                </Text>
              )}
            </li>
          ))}
        </Part>
        <Part title={t('record.visits')} Icon={IconCalendarCheck} none={t('record.none.visits')}>
          {lastVisits.map((visit) => (
            <li key={visit.appointmentId}>
              <Text fw={600}>{day(visit.startsAt)}</Text>
              <Text size="sm" className="quiet">
                {doctorName(visit.doctor, t)} · {t(`modes.${visit.mode}`)}
              </Text>
            </li>
          ))}
        </Part>
      </div>
    </section>
  );
}
