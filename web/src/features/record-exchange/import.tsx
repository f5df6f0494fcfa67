import { Alert, Badge, FileInput, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { WriteProblem } from '../../components/states';
import { ProblemError } from '../../lib/problems';
import { toast } from '../../lib/toast';
import { type Import, type ImportItem, useImport } from './calls';

const MAX_BYTES = 5 * 1024 * 1024;

function Item({ item }: { item: ImportItem }) {
  const { t } = useTranslation();
  const { entry } = item;
  return (
    <li className="card">
      <Group justify="space-between" gap="xs">
        <Text fw={600} dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {entry?.label ?? item.resourceType}
        </Text>
        <Badge variant={item.status === 'new' ? 'light' : 'default'} size="lg" tt="none">
          {t(`exchange.import.statuses.${item.status}`)}
        </Badge>
      </Group>
      {entry && <Text size="sm">{t(`exchange.kinds.${entry.kind}`)}</Text>}
      {entry?.note && (
        <Text size="sm" dir="auto" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }} lineClamp={6}>
          {entry.note}
        </Text>
      )}
      <Text size="sm" className="quiet" dir="auto">
        {[item.source, item.keepsOriginal && t('exchange.import.original')].filter(Boolean).join(' · ')}
      </Text>
    </li>
  );
}

function Preview({ found }: { found: Import }) {
  const { t } = useTranslation();
  const { patient, counts } = found;
  return (
    <Stack>
      <Title order={3}>{t('exchange.import.preview')}</Title>
      <Alert variant="light" color={patient?.name ? 'blue' : 'yellow'}>
        {patient?.name
          ? t('exchange.import.about', { name: patient.name, date: patient.birthDate ?? '—' })
          : t('exchange.import.aboutUnknown')}
      </Alert>
      <Text dir="auto">{t('exchange.import.from', { source: found.source })}</Text>
      <Text>{t('exchange.import.counts', counts)}</Text>
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {found.items.map((item, index) => (
          <Item key={index} item={item} />
        ))}
      </Stack>
    </Stack>
  );
}

/** Brings a record from elsewhere: what would come in is seen before it does. */
export function ImportRecord() {
  const { t } = useTranslation();
  const importing = useImport();
  const [bundle, setBundle] = useState<object>();
  const [found, setFound] = useState<Import>();
  const [problem, setProblem] = useState<string>();
  const faults = importing.error instanceof ProblemError ? importing.error.fields : [];

  const read = async (file: File | null) => {
    setBundle(undefined);
    setFound(undefined);
    setProblem(undefined);
    importing.reset();
    if (!file) return;
    if (file.size > MAX_BYTES) return setProblem(t('exchange.import.tooLarge'));
    try {
      const json = JSON.parse(await file.text()) as object;
      setBundle(json);
      importing.mutate({ bundle: json, dryRun: true }, { onSuccess: setFound });
    } catch {
      setProblem(t('exchange.import.unreadable'));
    }
  };
  const confirm = () =>
    bundle &&
    importing.mutate(
      { bundle, dryRun: false },
      {
        onSuccess: () => {
          toast(t('exchange.import.done'));
          setFound(undefined);
          setBundle(undefined);
        },
      },
    );
  return (
    <section aria-labelledby="exchange-import">
      <Stack>
        <Title order={2} id="exchange-import">
          {t('exchange.import.title')}
        </Title>
        <Text>{t('exchange.import.text')}</Text>
        <FileInput
          label={t('exchange.import.file')}
          placeholder={t('exchange.import.choose')}
          accept="application/fhir+json,application/json,.json"
          styles={{ placeholder: { color: 'inherit' } }}
          onChange={(file) => void read(file)}
          error={problem ?? (faults.map(({ message }) => message).join(' ') || undefined)}
        />
        {faults.length === 0 && <WriteProblem error={importing.error} />}
        {found && <Preview found={found} />}
        {found && found.counts.new === 0 && <Text>{t('exchange.import.nothing')}</Text>}
        {found && found.counts.new > 0 && (
          <ActionButton style={{ alignSelf: 'start' }} loading={importing.isPending} onClick={confirm}>
            {t('exchange.import.confirm', { count: found.counts.new })}
          </ActionButton>
        )}
      </Stack>
    </section>
  );
}
