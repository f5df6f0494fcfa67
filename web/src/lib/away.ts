import { useNetwork } from '@mantine/hooks';
import { useSyncExternalStore } from 'react';
import { service } from './api';

/** The device says that it has no network, or the service does not answer. */
export function useAway(): boolean {
  const { online } = useNetwork();
  const state = useSyncExternalStore(service.subscribe, service.state);
  return !online || state === 'unreachable' || state === 'unavailable';
}
