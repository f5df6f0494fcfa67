import type { MongoClient } from 'mongodb';

/** How long an operation waits for a server to be chosen, and a connection to be made, before it is an outage. */
const SERVER_SELECTION_MS = 2_000;
const CONNECT_MS = 5_000;

const defaults = { serverSelectionTimeoutMS: SERVER_SELECTION_MS, connectTimeoutMS: CONNECT_MS };

/** Our time limits for a MongoDB client, but for those that the operator's connection string sets itself. */
export function clientOptions(uri: string): Partial<typeof defaults> {
  const named = new Set([...new URLSearchParams(uri.split('?')[1] ?? '').keys()].map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(defaults).filter(([name]) => !named.has(name.toLowerCase())));
}

const poolsChecked = { minPoolSizeCheckFrequencyMS: 10_000 };

/** What the driver keeps to itself. */
interface WithPools {
  topology?: { s: { servers: Map<string, { pool: { options: object } }> } };
}

/**
 * Lets the client's pools look for connections that are too few or too old every ten seconds. The driver's 100 ms, which
 * has no public option, woke an idle process 80 times a second with eight services in it: half of what it did at rest.
 * A connection is looked at anyway when it is taken.
 */
export function checkPoolsSeldom(client: MongoClient): void {
  // For servers that are found later, and for the one that is already there.
  Object.assign(client.options, poolsChecked);
  for (const { pool } of (client as unknown as WithPools).topology?.s.servers.values() ?? [])
    pool.options = { ...pool.options, ...poolsChecked };
}
