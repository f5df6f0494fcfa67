import 'reflect-metadata';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartupError } from '@medflow/servers';
import { catchUnhandled, SettingError } from '@medflow/service-kit';
import { runDemo } from './demo/run-demo.js';
import { start } from './start.js';
import { startService } from './service.js';
import { watchParent } from './watch-parent.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const STOP_WITHIN_MS = 9_500;

async function main([command = 'start', ...rest]: string[]): Promise<void> {
  if (command === 'service') return startService(rest[0], process.env, root);
  if (command === 'demo') return runDemo(process.env, root).then(() => process.exit(0));
  if (command !== 'start') throw new StartupError(`There is no command ${command}.`);
  const starting = start(process.env, root);
  let asked = false;
  const quit = (code = 0) => {
    if (asked) return;
    asked = true;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    // A start that is still under way is let finish, so that nothing half-started stays behind.
    void starting
      .then((stop) => stop())
      .then(
        () => process.exit(code),
        () => process.exit(1),
      );
  };
  catchUnhandled(() => quit(1));
  process.on('SIGTERM', () => quit());
  // Somebody at the terminal who asks twice does not want to wait.
  process.on('SIGINT', () => (asked ? process.exit(1) : quit()));
  watchParent(() => quit());
  await starting;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const expected = error instanceof StartupError || error instanceof SettingError;
  console.error(
    expected
      ? error.message
      : `MedFlow could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  process.exit(1);
});
