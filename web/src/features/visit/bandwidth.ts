import type { Quality } from './quality';
import { isRelay } from './relay-test';

const LONGEST_MS = 1_500;
const MOST_BYTES = 3_000_000;

/** What a picture of 720 lines takes, and a small one, sound included. */
export const speedOf = (kbps: number): Quality => (kbps >= 1_200 ? 'good' : kbps >= 250 ? 'fair' : 'poor');

/** Ports of the relays: « 3478, 5349 ». Standard ones where none is named (RFC 7065). */
export function portsOf(iceServers: readonly RTCIceServer[]): string {
  const urls = iceServers.filter(isRelay).flatMap(({ urls }) => urls);
  const ports = urls.map(
    (url) => /^turns?:(?:\[[^\]]+\]|[^:?]+):(\d+)/.exec(url)?.[1] ?? (url.startsWith('turns:') ? '5349' : '3478'),
  );
  return [...new Set(ports)].join(', ');
}

/** Where no relay can say: kilobits a second of the page's own files, which no cache answers. */
export async function measureDownload(
  files: readonly string[] = ownFiles(),
  { fetch: get = fetch, now = () => performance.now() } = {},
): Promise<number | undefined> {
  const begun = now();
  let bytes = 0;
  for (const file of files) {
    const response = await get(file, { cache: 'no-store' });
    bytes += (await response.arrayBuffer()).byteLength;
    if (now() - begun >= LONGEST_MS || bytes >= MOST_BYTES) break;
  }
  const ms = now() - begun;
  return bytes > 0 && ms > 0 ? Math.round((bytes * 8) / ms) : undefined;
}

const ownFiles = (): string[] =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => name.startsWith(`${location.origin}/assets/`) && name.endsWith('.js'));
