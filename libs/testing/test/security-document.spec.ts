import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const kinds = ['test', 'setting', 'reason', 'open'] as const;
/** Of levels 1 and 2 of OWASP's ASVS 5.0, by chapter. */
const perChapter = [27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7];

interface Row {
  id: string;
  kind: string;
  where: string;
}

const document = read('docs/security.md');

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The rows of all tables whose first cell is like this. */
const tableRows = (text: string, first: RegExp): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map(cellsOf)
    .filter(([cell = '']) => first.test(cell));

/** What stands under a heading of the second level. */
const sectionOf = (title: string): string => document.split(/^## /m).find((one) => one.startsWith(`${title}\n`)) ?? '';

const rows: Row[] = tableRows(document, /^\d+\.\d+\.\d+$/).map(([id = '', , kind = '', where = '']) => ({
  id,
  kind,
  where,
}));
const ofKind = (kind: Row['kind']) => rows.filter((row) => row.kind === kind).map(({ id, where }) => [id, where]);

const quoted = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
const filesOf = (text: string): string[] => quoted(text).filter((name) => /^[\w.@-][\w.@/-]*\.\w+$/.test(name));
const missingOf = (text: string): string[] => filesOf(text).filter((file) => !existsSync(join(root, file)));

const settings = new Set(tableRows(read('README.md'), /^`[A-Z_]+`/).flatMap(([names = '']) => quoted(names)));

describe('the security document', () => {
  it('has each of the 253 requirements once, in their order', () => {
    const numbers = rows.map(({ id }) => id.split('.').map(Number) as [number, number, number]);
    const chapters = perChapter.map((_, at) => numbers.filter(([chapter]) => chapter === at + 1).length);
    expect(chapters).toEqual(perChapter);
    expect(rows).toHaveLength(253);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(253);
    const sorted = [...numbers].sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
    expect(numbers).toEqual(sorted);
  });

  it('answers each with a test, a setting, a reason, or « open »', () => {
    expect(rows.filter(({ kind, where }) => !kinds.includes(kind as never) || where === '')).toEqual([]);
  });

  it.each(ofKind('test'))('names a suite that is there: %s', (_id, where) => {
    const suites = filesOf(where!).filter((file) => file.endsWith('.spec.ts'));
    expect(suites.length).toBeGreaterThan(0);
    expect(suites.map(read).filter((text) => !/\bit\b/.test(text))).toEqual([]);
  });

  it.each(ofKind('setting'))('names a setting of the README, or a document: %s', (_id, where) => {
    const [variables, files] = [quoted(where!).filter((name) => /^[A-Z_]+$/.test(name)), filesOf(where!)];
    expect(variables.length + files.length).toBeGreaterThan(0);
    expect(variables.filter((name) => !settings.has(name))).toEqual([]);
  });

  it('names no file and no setting that is not there, wherever it does', () => {
    const prose = document.replace(/^```[^]*?^```$/gm, '');
    expect(missingOf(prose)).toEqual([]);
    const named = quoted(prose).flatMap((name) => /^([A-Z]+_[A-Z_]+)(=\w+)?$/.exec(name)?.[1] ?? []);
    expect(named.filter((name) => !settings.has(name))).toEqual([]);
    for (const [, target] of prose.matchAll(/\]\((?!https?:)([^)#]+)/g))
      expect([target, existsSync(join(root, 'docs', target!))]).toEqual([target, true]);
  });

  it('refers to sections that it has', () => {
    const titles = new Set([...document.matchAll(/^## (.+)$/gm)].map(([, title]) => title));
    const referred = rows.flatMap(({ where }) => [...where.matchAll(/« ([^»]+) »/g)].map(([, title]) => title!));
    expect(referred.length).toBeGreaterThan(10);
    expect(referred.filter((title) => !titles.has(title))).toEqual([]);
  });

  it('lists all that is open, and nothing else, with a risk and a next step', () => {
    const items = sectionOf('What is open').split(/^- /m).slice(1);
    expect(items.filter((item) => !/\bNext: /.test(item))).toEqual([]);
    const listed = items.flatMap((item) => item.match(/\b\d+\.\d+\.\d+\b/g) ?? []);
    expect(listed.sort()).toEqual(
      ofKind('open')
        .map(([id]) => id)
        .sort(),
    );
  });

  it('counts right', () => {
    const counted = Object.fromEntries(tableRows(sectionOf('The requirements'), /^(test|setting|reason|open|all)$/));
    const counts = kinds.map((kind) => [kind, String(ofKind(kind).length)]);
    expect(counted).toEqual({ ...Object.fromEntries(counts), all: String(rows.length) });
  });
});
