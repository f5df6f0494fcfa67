import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/** A random secret, made once and readable by this user only. */
export function keptSecret(file: string, make = () => randomBytes(32).toString('base64url')): string {
  if (!existsSync(file)) {
    // Whole or not there: another process may make one at the same moment, and the first counts.
    const mine = `${file}.${process.pid}`;
    writeFileSync(mine, make(), { mode: 0o600 });
    try {
      linkSync(mine, file);
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error;
    } finally {
      rmSync(mine);
    }
  }
  return readFileSync(file, 'utf8').trim();
}
