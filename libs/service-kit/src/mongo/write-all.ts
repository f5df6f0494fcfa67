import { type ClientSession, type Connection, mongo } from 'mongoose';
import { insertAll, reasonOf, writesOverCollections } from './insert-all.js';

interface Filtered {
  readonly collection: string;
  readonly filter: object;
}

/** One write of several that go together. */
export type Write =
  | { readonly collection: string; readonly insert: object }
  /** @param orElse thrown where there is no such document */
  | (Filtered & { readonly update: object; readonly orElse?: () => Error })
  | (Filtered & { readonly updateEach: object })
  | (Filtered & { readonly deleteEach: true });

/**
 * Within the transaction, in order, with one command where the server and the transaction can.
 * @param isFirst nothing was asked in the transaction yet: SecantusDB takes no `bulkWrite` as the first command of a snapshot
 * @throws DuplicateInsert, what `orElse` says, and the driver's errors
 */
export async function writeAll(
  connection: Connection,
  session: ClientSession,
  writes: readonly Write[],
  isFirst: boolean,
): Promise<void> {
  const client = connection.getClient() as unknown as mongo.MongoClient;
  const isOneInsert = insertsFrom(writes, 0).length === writes.length;
  if (!isOneInsert && writes.length > 1 && !isFirst && (await writesOverCollections(client)))
    return writeOver(client, connection.name, session, writes);
  for (let at = 0; at < writes.length;) {
    const inserts = insertsFrom(writes, at);
    if (inserts.length > 0) await insertAll(connection, session, inserts);
    else await writeOne(client.db(connection.name), session, writes[at]!);
    at += inserts.length || 1;
  }
}

function insertsFrom(writes: readonly Write[], from: number): { collection: string; document: object }[] {
  const inserts = [];
  for (const write of writes.slice(from)) {
    if (!('insert' in write) || write.collection !== writes[from]!.collection) break;
    inserts.push({ collection: write.collection, document: write.insert });
  }
  return inserts;
}

async function writeOne(db: mongo.Db, session: ClientSession, write: Write): Promise<void> {
  const collection = db.collection(write.collection);
  const options = { session: session as never };
  if ('insert' in write) await collection.insertOne(write.insert, options);
  else if ('deleteEach' in write) await collection.deleteMany(write.filter, options);
  else if ('updateEach' in write) await collection.updateMany(write.filter, write.updateEach, options);
  else {
    const { matchedCount } = await collection.updateOne(write.filter, write.update, options);
    if (matchedCount === 0 && write.orElse) throw write.orElse();
  }
}

async function writeOver(
  client: mongo.MongoClient,
  database: string,
  session: ClientSession,
  writes: readonly Write[],
): Promise<void> {
  const models = writes.map((write) => modelOf(`${database}.${write.collection}`, write));
  const options = { session: session as never, ordered: true, verboseResults: true } as const;
  let results: ReadonlyMap<number, { matchedCount: number }>;
  try {
    results = (await client.bulkWrite(models, options)).updateResults!;
  } catch (error) {
    throw error instanceof mongo.MongoClientBulkWriteError ? reasonOf(error) : error;
  }
  for (const [index, write] of writes.entries())
    if ('orElse' in write && write.orElse && results.get(index)?.matchedCount === 0) throw write.orElse();
}

function modelOf(namespace: string, write: Write): mongo.AnyClientBulkWriteModel<mongo.Document> {
  if ('insert' in write) return { name: 'insertOne', namespace, document: write.insert };
  const { filter } = write;
  if ('deleteEach' in write) return { name: 'deleteMany', namespace, filter };
  if ('updateEach' in write) return { name: 'updateMany', namespace, filter, update: write.updateEach };
  return { name: 'updateOne', namespace, filter, update: write.update };
}
