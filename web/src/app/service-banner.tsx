import { useNetwork } from '@mantine/hooks';
import { useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { service } from '../lib/api';

const words = { unavailable: 'common.unavailable', unreachable: 'common.unreachable', back: 'common.backAgain' };

/** Hangs from the header over the page's upper margin: nothing moves for it, and it is in nobody's way. */
export function ServiceBanner() {
  const { t } = useTranslation();
  const { online } = useNetwork();
  const state = useSyncExternalStore(service.subscribe, service.state);
  useEffect(() => {
    if (online) service.hurry();
  }, [online]);
  const text = !online ? 'common.offlineBanner' : state === 'up' ? undefined : words[state];
  return (
    <div className="service-state" role="status" aria-live="polite">
      {text && <span data-good={online && state === 'back'}>{t(text)}</span>}
    </div>
  );
}
