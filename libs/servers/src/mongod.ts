import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { MongoClient } from 'mongodb';
import { keptSecret } from './kept-secret.js';
import type { Engine } from './local-database.js';
import { untilReady } from './processes.js';

const SET = 'medflow';

/** MongoDB's own server, as a replica set of one: transactions need a set. */
export const mongod = (program: string): Engine => ({
  kind: 'mongod',
  name: 'mongod',
  program,
  args: ({ port, data, folder, access }) => {
    const args = ['--dbpath', data, '--port', String(port), '--bind_ip', '127.0.0.1', '--replSet', SET];
    if (access === 'open') return args;
    // Members of a set that asks for passwords know each other by a key, though this one is alone.
    const keyFile = join(folder, 'keyfile');
    keptSecret(keyFile, () => randomBytes(96).toString('base64'));
    return [...args, '--auth', '--keyFile', keyFile];
  },
  options: [],
  stopSignal: 'SIGINT',
  prepare: initiate,
});

/** Makes the server a replica set of one and waits until it is writable. */
async function initiate(client: MongoClient, port: number): Promise<void> {
  const admin = client.db('admin');
  const members = [{ _id: 0, host: `127.0.0.1:${port}` }];
  await admin.command({ replSetInitiate: { _id: SET, members } }).catch(async (error: { codeName?: string }) => {
    if (error.codeName !== 'AlreadyInitialized') throw error;
    const { config } = (await admin.command({ replSetGetConfig: 1 })) as {
      config: { version: number; members: { host: string }[] };
    };
    if (config.members[0]?.host === members[0]!.host) return;
    // The port is another one than last time.
    await admin.command({ replSetReconfig: { ...config, members, version: config.version + 1 }, force: true });
  });
  await untilReady(async () => {
    if (!(await admin.command({ hello: 1 })).isWritablePrimary) throw new Error('no primary yet');
  }, 20_000);
}
