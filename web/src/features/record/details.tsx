import { Text } from '@mantine/core';
import { IconAlertOctagon, IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { dateFormat, formatBytes, formatDayTime, tagOf } from '../../lib/format';
import { useSession } from '../../lib/session';
import type { Entry } from './calls';
import styles from './record.module.css';
import { measuredText } from './vitals';

const signs = { mild: IconInfoCircle, moderate: IconAlertTriangle, severe: IconAlertOctagon };

/** How bad an allergy is: by word, picture and colour. */
export function Severity({ severity }: { severity: NonNullable<Entry['severity']> }) {
  const { t } = useTranslation();
  const Sign = signs[severity];
  return (
    <span className={styles.badge} data-severity={severity}>
      <Sign aria-hidden size={16} />
      {t(`record.severities.${severity}`)}
    </span>
  );
}

/** « 12 mars 2019 », « mars 2019 », « 2019 »: as far as it is known. */
export function formatPartialDay(day: string, language: string): string {
  const [, month, date] = day.split('-');
  return dateFormat(tagOf(language), {
    timeZone: 'UTC',
    year: 'numeric',
    ...(month && { month: 'long' }),
    ...(date && { day: 'numeric' }),
  }).format(new Date(`${day}${'-01'.repeat(3 - day.split('-').length)}T12:00:00Z`));
}

const systemNames: Record<string, 'icd10' | 'atc'> = {
  'http://hl7.org/fhir/sid/icd-10': 'icd10',
  'http://www.whocc.no/atc': 'atc',
};

/** How long a medicine is taken. */
export function useTaken() {
  const { t, i18n } = useTranslation();
  return ({ from = '', to }: Entry): string => {
    const day = (one: string) => formatPartialDay(one, i18n.language);
    return to ? t('record.taken', { from: day(from), to: day(to) }) : t('record.takenSince', { from: day(from) });
  };
}

const fileTypeOf = (mediaType: string): 'pdf' | 'image' | 'other' =>
  mediaType === 'application/pdf' ? 'pdf' : mediaType.startsWith('image/') ? 'image' : 'other';

/** What an entry of its kind says beside its name. */
export function Details({ entry }: { entry: Entry }) {
  const { t, i18n } = useTranslation();
  const { account } = useSession();
  const taken = useTaken();
  const { kind, code, note, severity, onset, dose, frequency, at, items, text, unit, file, provenance } = entry;
  const day = (one: string) => formatPartialDay(one, i18n.language);
  const system = code && systemNames[code.system];
  return (
    <div className={styles.details}>
      {severity && (
        <div>
          <Severity severity={severity} />
        </div>
      )}
      {kind === 'vital' && unit && (
        <Text fw={700} size="lg">
          {measuredText(entry, unit, i18n.language)}
        </Text>
      )}
      {onset && <Text>{t(kind === 'antecedent' ? 'record.began' : 'record.onset', { when: day(onset) })}</Text>}
      {kind === 'medication' && (
        <>
          <Text dir="auto">{[dose, frequency].filter(Boolean).join(' · ')}</Text>
          <Text size="sm">{taken(entry)}</Text>
        </>
      )}
      {kind === 'immunization' && at && <Text>{t('record.given', { when: day(at) })}</Text>}
      {kind === 'vital' && at && (
        <Text size="sm">{t('record.measured', { when: formatDayTime(at, i18n.language) })}</Text>
      )}
      {items && (
        <ul>
          {items.map((item, index) => (
            <li key={index} dir="auto">
              <strong>{item.label}</strong> · {item.dose} · {item.frequency} · {t('record.days', { count: item.days })}
            </li>
          ))}
        </ul>
      )}
      {text && (
        <Text dir="auto" className={styles.note}>
          {text}
        </Text>
      )}
      {file && (
        <Text size="sm">
          {t(`record.fileTypes.${fileTypeOf(file.mediaType)}`)} · {formatBytes(file.bytes, i18n.language)}
        </Text>
      )}
      {note && (
        <Text dir="auto" className={styles.note}>
          {note}
        </Text>
      )}
      {system && account?.role === 'doctor' && (
        <Text size="sm" className="quiet">
          {t(`record.codes.${system}`)} <bdi>{code.code}</bdi>
        </Text>
      )}
      {provenance && (
        <Text size="sm" className="quiet">
          {t('record.source', {
            source: provenance.source,
            when: formatDayTime(provenance.importedAt, i18n.language),
          })}
        </Text>
      )}
    </div>
  );
}
