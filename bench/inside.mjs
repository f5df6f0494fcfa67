// Loaded into the measured process (`node --import`): counts the database commands that its drivers send, and profiles it.
// It answers messages of the process that started it: `counts`, `reset`, `profile`, `profiled`, `live`.
import { Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { MongoClient } from 'mongodb';

const PROVIDER = 'test_provider';
const writes = new Set(['insert', 'update', 'delete', 'findAndModify', 'bulkWrite']);
let counts;
const reset = () => (counts = { commands: 0, transactions: 0, singleWrites: 0, byName: {} });
reset();

/** The drivers tell of their commands where the connection string says `monitorCommands=true`. */
const { emit } = MongoClient.prototype;
MongoClient.prototype.emit = function (name, event, ...rest) {
  if (name === 'commandStarted') count(event);
  return emit.call(this, name, event, ...rest);
};

function count({ commandName, databaseName, command }) {
  // The payment provider's double is none of the product's.
  if (databaseName.endsWith(PROVIDER)) return;
  counts.commands += 1;
  if (commandName === 'commitTransaction') counts.transactions += 1;
  // One that is in no transaction is committed by itself.
  if (writes.has(commandName) && command.autocommit === undefined) counts.singleWrites += 1;
  const of = typeof command[commandName] === 'string' ? `.${command[commandName]}` : '';
  const database = databaseName.split('_').at(-1);
  const key = commandName === 'commitTransaction' ? `${database} commit` : `${database}${of} ${commandName}`;
  counts.byName[key] = (counts.byName[key] ?? 0) + 1;
}

let session;
const answers = {
  counts: () => counts,
  reset,
  /** In MB, once what nobody needs any more is gone. */
  live: async () => {
    setFlagsFromString('--expose-gc');
    for (let n = 0; n < 3; n += 1) await runInNewContext('gc')({ type: 'major', execution: 'async' });
    const { heapUsed, external, rss } = process.memoryUsage();
    return { heap: heapUsed / 2 ** 20, external: external / 2 ** 20, resident: rss / 2 ** 20 };
  },
  profile: async () => {
    session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: 500 });
    await session.post('Profiler.start');
  },
  profiled: async () => {
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    return profile;
  },
};

process.on('message', async ({ id, ask }) => {
  const answer = await answers[ask]?.();
  process.send({ id, answer: answer ?? null });
});
// Whoever measures does not keep the process from ending.
process.channel?.unref();
