import { type ClientSession, type Connection, mongo } from 'mongoose';
import { isDuplicateKey, isOutage } from './outage.js';

const NO_SUCH_COMMAND = 59;
const WRITE_CONFLICT = 112;
const DUPLICATE_KEY = 11000;

export interface Insert {
  readonly collection: string;
  readonly document: object;
}

/** A document of that id is there already; those before it were inserted, those after it were not. */
export class DuplicateInsert extends Error {
  readonly code = DUPLICATE_KEY;

  /** @param index of the insert, in the order in which they were given */
  constructor(readonly index: number) {
    super(`duplicate key in insert ${index}`);
  }
}

/** By client; a server that has answered is not asked again. */
const answers = new WeakMap<mongo.MongoClient, Promise<boolean>>();

/** Whether it has `bulkWrite` over collections, as MongoDB has since 8.0. An empty one is refused, as what it is or as unknown. */
export function writesOverCollections(client: mongo.MongoClient): Promise<boolean> {
  const known = answers.get(client);
  if (known) return known;
  const asked = client
    .db('admin')
    .command({ bulkWrite: 1, ops: [], nsInfo: [] })
    .then(
      () => true,
      (error: unknown) => {
        if (!(error instanceof mongo.MongoServerError) || isOutage(error)) throw error;
        return error.code !== NO_SUCH_COMMAND;
      },
    );
  answers.set(client, asked);
  asked.catch(() => answers.delete(client));
  return asked;
}

/** Inserts in order, with as few commands as the server can do with. @throws DuplicateInsert and the driver's errors */
export async function insertAll(
  connection: Connection,
  session: ClientSession,
  inserts: readonly Insert[],
): Promise<void> {
  const client = connection.getClient() as unknown as mongo.MongoClient;
  const isOne = inserts.every(({ collection }) => collection === inserts[0]!.collection);
  if (!isOne && (await writesOverCollections(client))) return insertOver(client, connection.name, session, inserts);
  for (let at = 0; at < inserts.length;) {
    const { collection } = inserts[at]!;
    const length = inserts.slice(at).findIndex((insert) => insert.collection !== collection);
    const group = length < 0 ? inserts.slice(at) : inserts.slice(at, at + length);
    await insertInto(client.db(connection.name).collection(collection), session, group, at);
    at += group.length;
  }
}

async function insertInto(
  collection: mongo.Collection,
  session: ClientSession,
  group: readonly Insert[],
  before: number,
): Promise<void> {
  try {
    await collection.insertMany(
      group.map(({ document }) => document),
      { session: session as never, ordered: true },
    );
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const [first] = (error as { writeErrors?: { index: number }[] }).writeErrors ?? [];
    throw new DuplicateInsert(before + (first?.index ?? 0));
  }
}

async function insertOver(
  client: mongo.MongoClient,
  database: string,
  session: ClientSession,
  inserts: readonly Insert[],
): Promise<void> {
  const models = inserts.map(({ collection, document }) => ({
    name: 'insertOne' as const,
    namespace: `${database}.${collection}`,
    document: document as mongo.Document,
  }));
  try {
    await client.bulkWrite(models, { session: session as never, ordered: true });
  } catch (error) {
    throw error instanceof mongo.MongoClientBulkWriteError ? reasonOf(error) : error;
  }
}

/** What the driver wraps, as the same failure of a single insert looks. */
export function reasonOf(error: mongo.MongoClientBulkWriteError): unknown {
  const [first] = [...error.writeErrors];
  if (!first) return error.cause ?? error;
  const [index, { code, message }] = first;
  if (code === DUPLICATE_KEY) return new DuplicateInsert(index);
  const failure = new mongo.MongoServerError({ message, code });
  // Within a transaction it ends that; told of one document alone it has no label.
  if (code === WRITE_CONFLICT) failure.addErrorLabel('TransientTransactionError');
  return failure;
}
