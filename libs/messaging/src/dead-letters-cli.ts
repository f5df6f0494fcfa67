import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { topology } from '@medflow/contracts';
import { installationOf } from '@medflow/service-kit';
import mongoose from 'mongoose';
import type { DeadLetter } from './dead-letter.js';
import { deadLetters, type DeadLetterSource } from './dead-letters.js';

const usage = `dead-letters list [queue]
dead-letters replay <queue> --id <id> [--id <id> …] | --all
dead-letters drop   <queue> --id <id> [--id <id> …] | --all

Looks at RABBITMQ_URL where it is set (queues of MEDFLOW_INSTALLATION, or of the installation whose secret is
MEDFLOW_INTERNAL_TOKEN), else at the database MONGODB_BUS (default medflow_bus) of MONGODB_URI.
--json prints the letters with their bodies.`;

/** @throws Error with the usage when the arguments say nothing sensible. */
async function main(args: string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { id: { type: 'string', multiple: true }, all: { type: 'boolean' }, json: { type: 'boolean' } },
  });
  const [command, queue] = positionals;
  if (queue !== undefined && !(queue in topology))
    throw new Error(`no queue ${queue}; there are ${Object.keys(topology).join(', ')}`);
  const ids = values.all ? 'all' : values.id;
  const { source, release } = await open();
  const letters = deadLetters(source, topology);
  try {
    if (command === 'list') print(await letters.list(queue), values.json === true);
    else if ((command === 'replay' || command === 'drop') && queue && ids) {
      const count = await letters[command](queue, ids);
      console.log(`${count} ${command === 'replay' ? 'sent back to' : 'dropped from'} ${queue}`);
    } else throw new Error(usage);
  } finally {
    await letters.close();
    await release();
  }
}

async function open(): Promise<{ source: DeadLetterSource; release: () => Promise<void> }> {
  const { RABBITMQ_URL, MONGODB_URI, MONGODB_BUS = 'medflow_bus' } = process.env;
  if (RABBITMQ_URL) {
    const namespace = installationOf(process.env);
    return { source: { kind: 'amqp', url: RABBITMQ_URL, namespace }, release: async () => undefined };
  }
  if (!MONGODB_URI) throw new Error('neither RABBITMQ_URL nor MONGODB_URI is set');
  const connection = await mongoose.createConnection(MONGODB_URI, { dbName: MONGODB_BUS }).asPromise();
  return { source: { kind: 'in-process', db: connection.db! }, release: () => connection.close() };
}

function print(letters: DeadLetter[], json: boolean): void {
  if (json) return console.log(JSON.stringify(letters, null, 2));
  for (const { id, queue, type, subject, attempts, firstFailedAt, error } of letters) {
    console.log(
      `${queue}  ${id}\n  ${type ?? 'unreadable'} about ${subject ?? '?'}, ${attempts} attempts since ${firstFailedAt}\n  ${error}`,
    );
  }
  console.log(letters.length === 0 ? 'no dead letters' : `${letters.length} dead letters`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
