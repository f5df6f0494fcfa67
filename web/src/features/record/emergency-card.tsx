import { ActionIcon, Button, CopyButton, Group, Stack, Text, Title } from '@mantine/core';
import { IconCheck, IconCopy, IconPrinter } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { encode } from 'uqr';
import { fullName } from '../../lib/people';
import type { Account } from '../../lib/session';
import styles from './record.module.css';

/** Modules of white around the code, as scanners need (ISO/IEC 18004). */
const BORDER = 4;

function QrCode({ text, name }: { text: string; name: string }) {
  const { size, data } = useMemo(() => encode(text, { ecc: 'M', border: BORDER }), [text]);
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg className={styles.qr} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={name} shapeRendering="crispEdges">
      <path d={path} fill="#000000" />
    </svg>
  );
}

/** By which a doctor who does not know the patient finds the record; it opens nothing by itself. */
export function EmergencyCard({ account }: { account: Account }) {
  const { t } = useTranslation();
  const { id } = account;
  return (
    <section className="card" aria-labelledby="emergency-card" data-print="card">
      <Stack gap="sm" align="start">
        <Title order={2} size="h5" id="emergency-card">
          {t('record.card.title')}
        </Title>
        <Text fw={600}>
          <bdi>{fullName(account)}</bdi>
        </Text>
        <QrCode text={`${location.origin}/emergency?number=${encodeURIComponent(id)}`} name={t('record.card.qr')} />
        <div>
          <Text size="sm" className="quiet">
            {t('record.card.number')}
          </Text>
          <Group gap={4} wrap="nowrap">
            <bdi dir="ltr" className={styles.number}>
              {id}
            </bdi>
            <CopyButton value={id}>
              {({ copied, copy }) => (
                <ActionIcon
                  className={styles.unprinted}
                  variant="subtle"
                  size="lg"
                  aria-label={t(copied ? 'record.card.copied' : 'record.card.copy')}
                  onClick={copy}
                >
                  {copied ? <IconCheck aria-hidden size={18} /> : <IconCopy aria-hidden size={18} />}
                </ActionIcon>
              )}
            </CopyButton>
          </Group>
        </div>
        <Text size="sm">{t('record.card.text')}</Text>
        <Button
          className={styles.unprinted}
          size="sm"
          variant="default"
          leftSection={<IconPrinter aria-hidden size={16} />}
          onClick={() => print()}
        >
          {t('record.card.print')}
        </Button>
      </Stack>
    </section>
  );
}
