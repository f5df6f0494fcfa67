import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { texts } from './texts.js';

const root = join(import.meta.dirname, '../../..');
const folders = ['services', 'libs/service-kit/src', 'libs/images/src', 'gateway/src'];

const sources = folders
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(root, folder, file)),
  )
  .filter((file) => /\/src\/.*\.ts$/.test(file) && !/node_modules|\/dist\/|\.spec\.ts$|\/test\//.test(file))
  .map((file) => readFileSync(file, 'utf8'));

/** As errors carry them, as the gateway refuses with them, and as statuses without an error of ours are answered. */
const answered = [
  /\bcode = '([a-z-]+)'/g,
  /\brefuse\(\s*\w+,\s*\w+,\s*\d+,\s*'([a-z-]+)'/g,
  /^ {2}\d{3}: '([a-z-]+)',$/gm,
  /\breturn \[\d{3}, '([a-z-]+)'\]/g,
  /\? 'malformed-request' : '([a-z-]+)'/g,
];

const codes = [
  ...new Set(
    sources.flatMap((text) => answered.flatMap((pattern) => [...text.matchAll(pattern)].map(([, code]) => code!))),
  ),
].sort();

describe('pages about problems', () => {
  it('know a system that answers with many codes', () => {
    expect(codes).toEqual(
      expect.arrayContaining(['headers-too-large', 'internal-error', 'not-found', 'slot-taken', 'unauthenticated']),
    );
    expect(codes.length).toBeGreaterThan(40);
  });

  it.each(Object.entries(texts))(
    'exist in %s for every code that a service or the gateway answers with',
    (_, words) => {
      expect(Object.keys(words.problems).sort()).toEqual(codes);
      for (const [code, parts] of Object.entries(words.problems)) {
        expect([code, parts.length, ...parts.map((part) => part.trim() === part && part.length > 5)]).toEqual([
          code,
          3,
          true,
          true,
          true,
        ]);
        // They stand in the page as they are.
        expect(parts.join('')).not.toMatch(/[<>&]/);
      }
    },
  );
});
