import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { measureDownload, portsOf, speedOf } from './bandwidth';
import { type RelayResult, testRelay } from './relay-test';

const open = (configuration: RTCConfiguration) => new RTCPeerConnection(configuration);

interface Checked {
  relay: RelayResult;
  kbps: number | undefined;
}

async function check(iceServers: RTCIceServer[]): Promise<Checked> {
  const relay = await testRelay({ iceServers, open, now: () => performance.now() });
  return { relay, kbps: relay.outcome === 'ok' ? relay.kbps : await measureDownload().catch(() => undefined) };
}

/** A way through the relay, and how much it carries; what to do where there is none. */
export function NetworkCheck({ iceServers }: { iceServers: RTCIceServer[] }) {
  const { t } = useTranslation();
  const [attempt, setAttempt] = useState(0);
  const [checked, setChecked] = useState<Checked>();
  useEffect(() => {
    let isOver = false;
    setChecked(undefined);
    void check(iceServers).then((result) => !isOver && setChecked(result));
    return () => {
      isOver = true;
    };
    // Once, and again when it is asked for: credentials change with every answer.
  }, [attempt]);
  if (!checked)
    return (
      <Group role="status" gap="sm" wrap="nowrap">
        <Loader size="sm" aria-hidden />
        <Text size="sm">{t('call.check.testing')}</Text>
      </Group>
    );
  const { relay, kbps } = checked;
  return (
    <Stack gap="xs" role="status" data-relay={relay.outcome}>
      {relay.outcome === 'ok' && (
        <Text size="sm">✓ {t('call.check.relayOk', { rtt: Math.max(1, Math.round(relay.rttMs)) })}</Text>
      )}
      {relay.outcome === 'no-relay' && <Text size="sm">{t('call.check.relayNone')}</Text>}
      {relay.outcome === 'blocked' && (
        <>
          <Text fw={600}>⚠ {t('call.check.relayBlocked')}</Text>
          <Text size="sm">{t('call.check.relayDo', { ports: portsOf(iceServers) })}</Text>
        </>
      )}
      {kbps !== undefined && (
        <Text size="sm">{t('call.check.speed', { speed: t(`call.check.speeds.${speedOf(kbps)}`) })}</Text>
      )}
      <Button
        size="xs"
        variant="default"
        style={{ alignSelf: 'start' }}
        onClick={() => setAttempt((count) => count + 1)}
      >
        {t('call.check.again')}
      </Button>
    </Stack>
  );
}
