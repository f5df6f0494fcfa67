// Compiles every server workspace from src/ to dist/ with SWC, in one process.
import { globSync } from 'node:fs';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const sources = globSync(['libs/*/src/**/*.ts', 'services/*/src/**/*.ts', '{gateway,embedded}/src/**/*.ts'], {
  cwd: root,
}).filter((file) => !/\.(spec|d)\.ts$/.test(file));

const modified = async (file) => (await stat(file).catch(() => ({ mtimeMs: 0 }))).mtimeMs;
const kept = new Set();
let compiled = 0;
for (const source of sources) {
  const target = join(root, source.replace('/src/', '/dist/').replace(/\.ts$/, '.js'));
  kept.add(target);
  if ((await modified(target)) > (await modified(join(root, source)))) continue;
  const { code, map } = await transformFile(join(root, source), { cwd: root, root });
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, `${code}\n//# sourceMappingURL=${target.split('/').pop()}.map\n`);
  await writeFile(`${target}.map`, map);
  compiled += 1;
}
for (const file of globSync(['{libs,services}/*/dist/**/*.js', '{gateway,embedded}/dist/**/*.js'], { cwd: root })) {
  if (!kept.has(join(root, file))) await rm(join(root, file));
}
console.log(`compiled ${compiled} of ${sources.length} files`);
