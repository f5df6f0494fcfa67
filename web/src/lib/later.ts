import { type ComponentType, lazy } from 'react';

const NAME = 'medflow.opened-anew';
/** Twice within this time would be a fault that another try does not mend. */
const ONCE_MS = 60_000;

/** Opens the address again, with the release that is there now. @throws the error where that was tried already, or there is no network */
function openAnew(error: unknown): Promise<never> {
  const last = Number(sessionStorage.getItem(NAME));
  if (!navigator.onLine || Date.now() - last < ONCE_MS) throw error;
  sessionStorage.setItem(NAME, String(Date.now()));
  location.reload();
  return new Promise(() => undefined);
}

/** A page whose code comes when it is needed. That of a former release is gone from the server once there is a newer one. */
export const later = <Props = object>(load: () => Promise<{ default: ComponentType<Props> }>) =>
  lazy(() => load().catch(openAnew));
