/** How long an operation waits for a server to be chosen, and a connection to be made, before it is an outage. */
const SERVER_SELECTION_MS = 2_000;
const CONNECT_MS = 5_000;

const defaults = { serverSelectionTimeoutMS: SERVER_SELECTION_MS, connectTimeoutMS: CONNECT_MS };

/** Our time limits for a MongoDB client, but for those that the operator's connection string sets itself. */
export function clientOptions(uri: string): Partial<typeof defaults> {
  const named = new Set([...new URLSearchParams(uri.split('?')[1] ?? '').keys()].map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(defaults).filter(([name]) => !named.has(name.toLowerCase())));
}
