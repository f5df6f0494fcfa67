import { Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Page } from '../../components/page';
import { WriteProblem } from '../../components/states';
import { download } from '../../lib/download';
import { ImportRecord } from './import';
import { Links } from './links';

const formats = { pdf: 'pdf', fhir: 'json' } as const;
type Format = keyof typeof formats;

function Export() {
  const { t } = useTranslation();
  const [busy, setBusy] = useState<Format>();
  const [problem, setProblem] = useState<unknown>();
  const take = (format: Format) => {
    setBusy(format);
    setProblem(undefined);
    const day = new Date().toISOString().slice(0, 10);
    download(`/patients/me/record/export?format=${format}`, `medflow-${day}.${formats[format]}`)
      .catch(setProblem)
      .finally(() => setBusy(undefined));
  };
  return (
    <section aria-labelledby="exchange-export">
      <Stack>
        <Title order={2} id="exchange-export">
          {t('exchange.export.title')}
        </Title>
        <Text>{t('exchange.export.text')}</Text>
        <Group gap="sm">
          {(Object.keys(formats) as Format[]).map((format) => (
            <ActionButton key={format} variant="default" loading={busy === format} onClick={() => take(format)}>
              {t(`exchange.export.${format}`)}
            </ActionButton>
          ))}
        </Group>
        <WriteProblem error={problem} />
      </Stack>
    </section>
  );
}

/** What patients take along, share and bring. */
export default function ShareRecord() {
  const { t } = useTranslation();
  return (
    <Page title={t('exchange.title')}>
      <Stack className="medium" gap="xl">
        <Export />
        <Links />
        <ImportRecord />
      </Stack>
    </Page>
  );
}
