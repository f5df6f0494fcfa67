import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locale } from '@medflow/service-kit';

interface Chunk {
  file: string;
  css?: string[];
  imports?: string[];
}

/** Pages whose scripts come after the first: where their code stands. */
const sources = {
  home: [],
  directory: ['src/features/directory/directory.tsx'],
  doctor: ['src/features/booking/doctor-page.tsx'],
} as const;

/** The typeface of that script, as the client's styles name it; Latin letters of the system's own look alike enough. */
const ARABIC = /\/rubik-arabic-wght-normal\.woff2$/;

export type PublicPage = keyof typeof sources;

/** The scripts and styles that a public page will ask for once the first have run, so that the browser can load them beside those. */
export class LaterFiles {
  private readonly chunks: Record<string, Chunk>;
  private readonly first: ReadonlySet<string>;

  /** @param template that names the first ones itself */
  constructor(root: string, template: string) {
    const manifest = join(root, '.vite/manifest.json');
    this.chunks = existsSync(manifest) ? (JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, Chunk>) : {};
    this.first = new Set([...template.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, file]) => file!));
  }

  /** Paths, in no order. */
  of(page: PublicPage, locale: Locale): string[] {
    const found = new Set<string>();
    const look = (name: string): void => {
      const chunk = this.chunks[name];
      if (!chunk || found.has(chunk.file)) return;
      found.add(chunk.file);
      chunk.css?.forEach((file) => found.add(file));
      chunk.imports?.forEach(look);
    };
    for (const source of [...sources[page], `src/lib/i18n/${locale}.ts`]) look(source);
    if (locale === 'ar')
      for (const [name, { file }] of Object.entries(this.chunks)) if (ARABIC.test(name)) found.add(file);
    return [...found].filter((file) => !this.first.has(file)).map((file) => `/${file}`);
  }
}
