import { Alert, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clock, secondsLeft } from './card';

/** How long the slot is still held; read out each minute, not each second. */
export function Countdown({ holdUntil, onLapse }: { holdUntil: string; onLapse: () => void }) {
  const { t } = useTranslation();
  const [left, setLeft] = useState(() => secondsLeft(holdUntil, Date.now()));
  const lapsed = left === 0;
  useEffect(() => {
    if (lapsed) return;
    const timer = setInterval(() => setLeft(secondsLeft(holdUntil, Date.now())), 1000);
    return () => clearInterval(timer);
  }, [holdUntil, lapsed]);
  useEffect(() => {
    if (lapsed) onLapse();
  }, [lapsed]);
  return (
    <Alert color={left < 120 ? 'red' : 'yellow'} variant="light" p="sm">
      <Text fw={600} role="timer" aria-live="off">
        {t('payments.hold', { time: clock(left) })}
      </Text>
      <span className="visually-hidden" aria-live="polite">
        {t('payments.holdMinutes', { count: Math.ceil(left / 60) })}
      </span>
    </Alert>
  );
}
