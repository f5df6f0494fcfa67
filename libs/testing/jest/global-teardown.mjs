export default async function teardown() {
  for (const stop of globalThis.medflowTestServers ?? []) await stop();
}
