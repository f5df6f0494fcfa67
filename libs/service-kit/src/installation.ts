import { createHash } from 'node:crypto';
import { SettingError } from './setting-error.js';

const NAME = /^[a-z0-9-]{1,32}$/;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The name that tells this installation from others on the same broker: `MEDFLOW_INSTALLATION`, else one derived from
 * the secret that all its services share. Who rotates that secret keeps the name by setting the variable.
 * @throws SettingError when the name cannot be one, or there is nothing to derive it from
 */
export function installationOf({ MEDFLOW_INSTALLATION, MEDFLOW_INTERNAL_TOKEN }: Environment): string {
  if (MEDFLOW_INSTALLATION) return checkedName(MEDFLOW_INSTALLATION);
  if (!MEDFLOW_INTERNAL_TOKEN)
    throw new SettingError(
      'Neither MEDFLOW_INSTALLATION nor MEDFLOW_INTERNAL_TOKEN is set: which installation is this?',
    );
  const digest = createHash('sha256').update(`medflow installation\0${MEDFLOW_INTERNAL_TOKEN}`).digest('hex');
  return `mf-${digest.slice(0, 8)}`;
}

/** @throws SettingError */
export function checkedName(name: string): string {
  if (NAME.test(name)) return name;
  throw new SettingError('MEDFLOW_INSTALLATION must be 1 to 32 of the characters a–z, 0–9 and -.');
}
