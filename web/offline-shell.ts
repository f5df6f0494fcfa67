import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The gateway serves the client’s page there with nothing in it, as at every address that it does not know. */
export const OFFLINE_PAGE = '/offline';

/** Where the code stands of what can be read without network, in every language. */
const sources = [
  'index.html',
  'src/features/appointments/kept.tsx',
  'src/app/preferences-menu.tsx',
  ...['fr', 'en', 'ar'].map((language) => `src/lib/i18n/${language}.ts`),
];

interface Chunk {
  file: string;
  css?: string[];
  imports?: string[];
}

interface Entry {
  url: string;
  revision: string | null;
  size: number;
}

/** Files of the build that those sources need. */
function filesOf(chunks: Readonly<Record<string, Chunk>>): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (name: string): void => {
    const chunk = chunks[name];
    if (!chunk) throw new Error(`${name} is not in the build’s manifest`);
    if (found.has(chunk.file)) return;
    for (const file of [chunk.file, ...(chunk.css ?? [])]) found.add(file);
    chunk.imports?.forEach(look);
  };
  sources.forEach(look);
  return found;
}

/**
 * Of all that was built, what the service worker keeps: a phone loads nothing for pages that it may never open. The page
 * itself changes with the files that it names, and is asked of the gateway, which gives it its policy and its language.
 */
export const offlineShell = (dist: string) => (entries: Entry[]) => {
  const manifest = readFileSync(join(dist, '.vite/manifest.json'), 'utf8');
  const needed = filesOf(JSON.parse(manifest) as Record<string, Chunk>);
  return {
    manifest: entries
      .filter(({ url }) => !url.startsWith('assets/') || needed.has(url))
      .map((entry) => (entry.url === 'index.html' ? { ...entry, url: OFFLINE_PAGE } : entry)),
    warnings: [],
  };
};
