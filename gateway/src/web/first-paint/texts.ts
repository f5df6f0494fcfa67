import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locale } from '@medflow/service-kit';
import { z } from 'zod';

const words = <Name extends string>(...names: Name[]) =>
  z.looseObject(Object.fromEntries(names.map((name) => [name, z.string()])) as Record<Name, z.ZodString>);

const texts = z.object({
  descriptions: words('home', 'doctors', 'doctor'),
  skip: z.string(),
  navigation: z.string(),
  doctorName: z.string(),
  home: words(
    'title',
    'lead',
    'what',
    'find',
    'popular',
    'how',
    'step1',
    'step1Text',
    'step2',
    'step2Text',
    'step3',
    'step3Text',
  ),
  directory: words('title', 'query', 'filters', 'results', 'none', 'noneText', 'noReviews'),
  doctor: words('about', 'qualifications', 'experience', 'languages', 'place', 'missing'),
  doctors: z.string(),
  price: z.string(),
  average: z.string(),
  specializations: z.record(z.string(), z.string()),
  cities: z.record(z.string(), z.string()),
  languages: z.record(z.string(), z.string()),
});

/** What the public pages say, in one language: the client's own words, written beside it when it is built. */
export type Texts = z.infer<typeof texts>;

const ofAll = z.object({ fr: texts, en: texts, ar: texts } satisfies Record<Locale, typeof texts>);

/** @returns undefined where the client is not built, or was by another release: its pages come without a first paint then */
export function readTexts(root: string): Record<Locale, Texts> | undefined {
  const file = join(root, '.vite/first-paint.json');
  return existsSync(file) ? ofAll.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data : undefined;
}

/** Puts values in the places of a text that are named in double braces. */
export const filled = (text: string, values: Record<string, string>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (place, name: string) => values[name] ?? place);
