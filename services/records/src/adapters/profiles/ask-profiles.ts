import type { ServiceConfig } from '@medflow/service-kit';
import { NotNow } from '../../domain/errors.js';

const TIMEOUT_MS = 5_000;

/**
 * What is not on the bus is asked of profiles when it is printed: a read, for nobody's command waits for it.
 * @param path below `/internal/`
 * @returns undefined for whom has no profile
 * @throws NotNow while profiles does not answer: what is left out for that would be wrong
 */
export async function askProfiles<T>(
  { upstreams, internalToken }: Pick<ServiceConfig, 'upstreams' | 'internalToken'>,
  path: string,
): Promise<T | undefined> {
  let response: Response;
  try {
    response = await fetch(`${upstreams.profiles}/internal/${path}`, {
      headers: { 'x-medflow-internal': internalToken },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    throw new NotNow('profiles cannot be reached', { cause });
  }
  if (response.status === 404) return undefined;
  if (!response.ok) throw new NotNow(`profiles answered ${response.status}`);
  return (await response.json()) as T;
}
