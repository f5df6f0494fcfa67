import { Alert, Badge, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Page } from '../../components/page';
import { Empty } from '../../components/states';
import { formatDay, formatDayTime } from '../../lib/format';
import { LinkRefused, type LinkPayload, needsPasscode, openLink, payloadOf } from './link';
import { type ReadableEntry, type ReadableSummary, readableSummary } from './readable';

const INSTANT = /^\d{4}-\d{2}-\d{2}T/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** An instant or a day in the reader's language; anything else as it is. */
function useDates(): (value: string) => string {
  const { i18n } = useTranslation();
  return (value) => {
    if (INSTANT.test(value) && !Number.isNaN(Date.parse(value))) return formatDayTime(value, i18n.language);
    return DAY.test(value) && !Number.isNaN(Date.parse(value)) ? formatDay(value, i18n.language, 'UTC') : value;
  };
}

function Entry({ entry }: { entry: ReadableEntry }) {
  const { t } = useTranslation();
  const date = useDates();
  return (
    <li className="card">
      <Group justify="space-between" align="start" gap="xs">
        <Text fw={600} dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {entry.heading}
        </Text>
        {entry.severity && (
          <Badge variant={entry.severity === 'severe' ? 'light' : 'default'} size="lg" tt="none">
            {t(`exchange.viewer.severities.${entry.severity}`, entry.severity)}
          </Badge>
        )}
      </Group>
      {entry.facts.map(([label, value], index) => (
        <Text key={index} size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
          <span className="quiet">{t(`exchange.viewer.${label}`)} : </span>
          <bdi>{date(value)}</bdi>
        </Text>
      ))}
    </li>
  );
}

function Summary({ summary }: { summary: ReadableSummary }) {
  const { t } = useTranslation();
  const date = useDates();
  const { patient } = summary;
  return (
    <Stack>
      <div className="card">
        <Title order={2} dir="auto">
          {patient.name}
        </Title>
        <Text>
          {[
            patient.birthDate && t('exchange.viewer.born', { date: date(patient.birthDate) }),
            patient.gender && patient.gender !== 'unknown' && t(`exchange.viewer.genders.${patient.gender}`),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        {summary.date && (
          <Text className="quiet" size="sm">
            {t('exchange.viewer.made', { date: date(summary.date), source: summary.custodian ?? '—' })}
          </Text>
        )}
      </div>
      {summary.sections.map(({ title, entries }, index) => (
        <section key={index} aria-labelledby={`summary-${index}`}>
          <Title order={2} size="h3" mb="xs" id={`summary-${index}`} dir="auto">
            {title}
          </Title>
          {entries.length === 0 ? (
            <Text className="quiet">{t('exchange.viewer.nothing')}</Text>
          ) : (
            <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
              {entries.map((entry, place) => (
                <Entry key={place} entry={entry} />
              ))}
            </Stack>
          )}
        </section>
      ))}
    </Stack>
  );
}

/** Who opens it says who they are: the patient reads it. */
function OpenForm({ link, onOpen }: { link: LinkPayload; onOpen: (summary: ReadableSummary) => void }) {
  const { t } = useTranslation();
  const [recipient, setRecipient] = useState('');
  const [passcode, setPasscode] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<LinkRefused>();
  const isOver = refusal?.reason === 'over' || (link.exp !== undefined && link.exp * 1000 < Date.now());
  if (isOver) return <Empty title={t('exchange.viewer.over')} text={t('exchange.viewer.overText')} />;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setRefusal(undefined);
    try {
      onOpen(readableSummary(await openLink(link, recipient.trim(), passcode || undefined)));
    } catch (error) {
      setRefusal(error instanceof LinkRefused ? error : new LinkRefused('broken'));
    } finally {
      setBusy(false);
    }
  };
  const words =
    refusal &&
    {
      passcode: t('exchange.viewer.wrong', { count: refusal.remainingAttempts }),
      unreachable: t('exchange.viewer.unreachable'),
      broken: t('exchange.viewer.broken'),
      over: '',
    }[refusal.reason];
  return (
    <form className="card" onSubmit={(event) => void submit(event)}>
      <Stack>
        {link.label && (
          <Text fw={600} dir="auto">
            {link.label}
          </Text>
        )}
        <Text>{t('exchange.viewer.intro')}</Text>
        <TextInput
          label={t('exchange.viewer.recipient')}
          value={recipient}
          onChange={(event) => setRecipient(event.currentTarget.value)}
          required
          maxLength={200}
          autoComplete="name"
        />
        {needsPasscode(link) && (
          <TextInput
            label={t('exchange.viewer.passcode')}
            value={passcode}
            onChange={(event) => setPasscode(event.currentTarget.value)}
            required
            maxLength={64}
            autoComplete="off"
            dir="ltr"
          />
        )}
        {words && (
          <Alert color="red" variant="light" role="alert">
            {words}
          </Alert>
        )}
        <ActionButton type="submit" loading={busy}>
          {t('exchange.viewer.open')}
        </ActionButton>
      </Stack>
    </form>
  );
}

/** Opens a SMART Health Link of this installation, for who has no account. */
export default function SharedSummary() {
  const { t } = useTranslation();
  const [link] = useState(() => payloadOf(window.location.hash));
  const [summary, setSummary] = useState<ReadableSummary>();
  return (
    <Page title={t('exchange.viewer.title')}>
      <Stack className="medium">
        {!link && <Empty title={t('exchange.viewer.invalid')} text={t('exchange.viewer.invalidText')} />}
        {link && !summary && <OpenForm link={link} onOpen={setSummary} />}
        {summary && <Summary summary={summary} />}
      </Stack>
    </Page>
  );
}
