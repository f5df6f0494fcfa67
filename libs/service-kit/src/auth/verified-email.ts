import type { AccountSubject } from '@medflow/access';
import { SettingError } from '../setting-error.js';
import type { ServiceConfig } from '../service-definition.js';
import type { CurrentAccount } from './account.js';

/**
 * Whether people must prove their address before they commit to anything: `MEDFLOW_VERIFY_EMAIL`, `on` unless everything
 * runs in one process, where letters stay on the machine.
 * @throws SettingError when it is neither `on` nor `off`
 */
export function requiresVerifiedEmail({ MEDFLOW_VERIFY_EMAIL, MEDFLOW_EMBEDDED }: ServiceConfig['env']): boolean {
  const setting = MEDFLOW_VERIFY_EMAIL || (MEDFLOW_EMBEDDED === '1' ? 'off' : 'on');
  if (setting !== 'on' && setting !== 'off')
    throw new SettingError(`MEDFLOW_VERIFY_EMAIL is neither on nor off: ${setting}.`);
  return setting === 'on';
}

/** The account as policies speak of it. */
export const subjectOf = (
  { role, id, emailVerified }: CurrentAccount,
  { env }: Pick<ServiceConfig, 'env'>,
): AccountSubject => ({ role, id, addressProven: emailVerified || !requiresVerifiedEmail(env) });
