// Figures as they are measured, and their section of docs/measurements.md, which stands between two comments of its own.
import { execSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from './system.mjs';

const file = join(root, 'docs/measurements.md');
const end = '<!-- end -->';

/** More than one piece of work for each core before we begin: times are then good for comparisons within the run only. */
const isBusy = () => loadavg()[0] > cpus().length;

export class Report {
  rows = [];
  busy = isBusy()
    ? ` The machine was busy with other work (load ${loadavg()[0].toFixed(0)} on ${cpus().length} cores): times compare within this run only.`
    : '';

  /** Says a figure, with its bound if it has one. */
  add(what, figure, bound) {
    this.rows.push([what, figure, bound]);
    console.log(`${what}: ${figure}${bound ? ` (${bound})` : ''}`);
  }

  /** Replaces the section that this command wrote last. */
  write({ command, title, engine, how }) {
    const begin = `<!-- ${command} -->`;
    const commit = execSync('git rev-parse --short HEAD', { cwd: root }).toString().trim();
    const machine = `${cpus().length} × ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
    const database = engine ? [`database: ${engine} with a sync at every commit`] : [];
    const section = [
      begin,
      `## ${title}`,
      '',
      `\`${command}\`, ${new Date().toISOString().slice(0, 10)}, commit ${commit}: ${[machine, ...database].join(', ')}. ${how}${this.busy}`,
      '',
      '| | measured | bound |',
      '| --- | --- | --- |',
      ...this.rows.map(([what, figure, bound = '']) => `| ${what} | ${figure} | ${bound} |`),
      end,
    ].join('\n');
    const present = existsSync(file)
      ? readFileSync(file, 'utf8')
      : '# Measurements\n\nThe last results, with the command that gives them again.\n';
    const [head, rest] = present.split(begin);
    mkdirSync(join(root, 'docs'), { recursive: true });
    writeFileSync(
      file,
      rest === undefined
        ? `${present.trimEnd()}\n\n${section}\n`
        : head + section + rest.slice(rest.indexOf(end) + end.length),
    );
    execSync(`npx prettier --write ${file}`, { cwd: root, stdio: 'ignore' });
  }
}
