/**
 * What nobody caught is told, never passed over in silence. A promise that nobody waited for takes nothing down; after an
 * exception out of nowhere nobody knows what still holds, so the process ends in order, and whoever runs it starts it again.
 * A standard output that cannot be written (a full disk, a closed pipe) is no reason to end at all.
 * @param end drains and ends the process with exit code 1
 */
export function catchUnhandled(end: () => void): void {
  process.on('unhandledRejection', (reason) => logFailure('a failure that nobody waited for', reason));
  process.on('uncaughtException', (error) => {
    logFailure('an exception that nobody caught, ending', error);
    end();
  });
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

function logFailure(what: string, error: unknown): void {
  console.error(`MedFlow: ${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
}
