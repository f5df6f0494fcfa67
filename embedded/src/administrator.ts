import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { keptSecret } from '@medflow/servers';

export interface Administrator {
  email: string;
  password: string;
  /** Made up by us just now: must be shown. */
  isNew: boolean;
}

/** Who administers this installation: as the environment says, or made up at the first start. */
export function administratorOf(env: NodeJS.ProcessEnv, home: string): Administrator {
  const { MEDFLOW_ADMIN_EMAIL, MEDFLOW_ADMIN_PASSWORD } = env;
  if (MEDFLOW_ADMIN_EMAIL && MEDFLOW_ADMIN_PASSWORD)
    return { email: MEDFLOW_ADMIN_EMAIL, password: MEDFLOW_ADMIN_PASSWORD, isNew: false };
  const file = join(home, 'administrator-password');
  const isNew = !existsSync(file);
  return {
    email: MEDFLOW_ADMIN_EMAIL ?? 'admin@medflow.local',
    password: keptSecret(file, () => randomBytes(12).toString('base64url')),
    isNew,
  };
}
