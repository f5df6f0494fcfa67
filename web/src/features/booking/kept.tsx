import { Button, Group, Stack, Text } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../lib/format';

/** Until when the slot is kept for who looks at it; that it is no more is told when it happens. */
export function Kept({ until, renew }: { until: string; renew: () => Promise<unknown> }) {
  const { t, i18n } = useTranslation();
  const [lapsed, setLapsed] = useState(false);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    const left = Date.parse(until) - Date.now();
    setLapsed(left <= 0);
    if (left <= 0) return;
    const timer = setTimeout(() => setLapsed(true), left);
    return () => clearTimeout(timer);
  }, [until]);
  const keepAgain = async () => {
    setBusy(true);
    await renew().finally(() => setBusy(false));
  };
  return (
    <Group gap="xs" mt="md" role="status" align="start" wrap="nowrap">
      <IconClock style={{ flexShrink: 0, marginTop: 2 }} size={18} aria-hidden />
      <Stack gap="xs" align="start">
        <Text size="sm">
          {lapsed ? t('booking.lapsed') : t('booking.kept', { time: formatTime(until, i18n.language) })}
        </Text>
        {lapsed && (
          <Button size="compact-sm" variant="default" loading={isBusy} onClick={() => void keepAgain()}>
            {t('booking.keepAgain')}
          </Button>
        )}
      </Stack>
    </Group>
  );
}
