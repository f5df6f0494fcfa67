import type { mongo } from 'mongoose';
import { SettingError } from '../setting-error.js';

/** Answer of a MongoDB server to `hello`, as far as it tells what it is part of. */
interface Hello {
  /** Member of a replica set. */
  setName?: string;
  /** `isdbgrid`: a router, of a sharded cluster or of an engine that behaves as one. */
  msg?: string;
  /** Behind a load balancer. */
  serviceId?: unknown;
}

/** The remedy for a server without transactions, in one sentence. */
export const STANDALONE =
  'The MongoDB server of MONGODB_URI is a standalone one, which has no transactions: start it with --replSet rs0, run rs.initiate() once, and add replicaSet=rs0 to MONGODB_URI.';

export const hasTransactions = ({ setName, msg, serviceId }: Hello): boolean =>
  setName !== undefined || msg === 'isdbgrid' || serviceId !== undefined;

/** @throws SettingError when the server is a standalone one, on which nothing could be written together */
export async function requireTransactions(client: mongo.MongoClient): Promise<void> {
  const hello = (await client.db('admin').command({ hello: 1 })) as Hello;
  if (!hasTransactions(hello)) throw new SettingError(STANDALONE);
}
