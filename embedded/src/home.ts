import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { keptSecret, StartupError } from '@medflow/servers';
import { checkedName } from '@medflow/service-kit';

/** The data folder of this installation. Nothing is written elsewhere. */
export interface Home {
  path: string;
  /** Shared by the services of this installation. */
  internalToken: string;
  /** Tells this installation from others on the same broker; made at the first start. */
  installation: string;
  release(): void;
}

/** @throws StartupError when the folder cannot be written or another process uses it; SettingError for a wrong name */
export function openHome(env: NodeJS.ProcessEnv, root: string, { exclusive = true } = {}): Home {
  const path = resolve(env.MEDFLOW_HOME ?? join(root, '.medflow'));
  try {
    mkdirSync(path, { recursive: true });
    // Several services may look at the same moment.
    const probe = join(path, `.writable-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new StartupError(
      `The data folder ${path} cannot be written (${(error as { code?: string }).code}): give this user the right to, or name another folder in MEDFLOW_HOME.`,
    );
  }
  const lock = join(path, 'medflow.pid');
  if (exclusive) takeLock(lock, path);
  return {
    path,
    internalToken: keptSecret(join(path, 'internal-token')),
    installation: env.MEDFLOW_INSTALLATION
      ? checkedName(env.MEDFLOW_INSTALLATION)
      : keptSecret(join(path, 'installation'), () => `mf-${randomBytes(4).toString('hex')}`),
    release: () => exclusive && rmSync(lock, { force: true }),
  };
}

function takeLock(lock: string, path: string): void {
  const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  if (holder > 1 && holder !== process.pid && isMedFlow(holder)) {
    throw new StartupError(
      `MedFlow already runs on ${path} (process ${holder}): stop it first, or name another folder in MEDFLOW_HOME.`,
    );
  }
  writeFileSync(lock, String(process.pid));
}

/** A number left behind may belong to any process by now. */
function isMedFlow(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const commandLine = existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : 'embedded';
    return commandLine.includes('embedded');
  } catch {
    return false;
  }
}

/** @throws StartupError when `PORT` is no port or is in use */
export async function checkPort(env: NodeJS.ProcessEnv): Promise<number> {
  const port = Number(env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new StartupError(`PORT is no port number: ${env.PORT}.`);
  const probe = createServer().listen(port);
  try {
    await once(probe, 'listening');
  } catch (error) {
    const why =
      (error as { code?: string }).code === 'EADDRINUSE'
        ? 'is in use'
        : `cannot be opened (${(error as { code?: string }).code})`;
    throw new StartupError(`Port ${port} ${why}: stop what listens there, or choose another with PORT.`);
  }
  probe.close();
  await once(probe, 'close');
  return port;
}
