// npm run lighthouse: the public pages as Lighthouse sees them on a phone, with the demonstration's data; the figures go to
// docs/measurements.md. Lighthouse is 150 packages that nothing else needs, so npx fetches it when it is asked for.
// Options by environment: LIGHTHOUSE (its program, else npx), CHROMIUM, RUNS (of each page, 3: medians count).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { percentile } from './client.mjs';
import { Report } from './report.mjs';
import { forget, launch, startMedFlow, temporaryHome } from './system.mjs';

const VERSION = '12.8.2';
const RUNS = Number(process.env.RUNS ?? 3);
const LONGEST_MS = 180_000;
const categories = { performance: 'performance', accessibility: 'a11y', 'best-practices': 'practices', seo: 'SEO' };
const program = process.env.LIGHTHOUSE ? [process.env.LIGHTHOUSE] : ['npx', '--yes', `lighthouse@${VERSION}`];
/** 400 kbit/s, 400 ms for each request, a processor four times slower: applied, not computed from a fast run. */
const slow3G = ['--throttling-method=devtools', '--throttling.cpuSlowdownMultiplier=4'].concat(
  ['requestLatencyMs', 'downloadThroughputKbps', 'uploadThroughputKbps'].map((name) => `--throttling.${name}=400`),
);

const median = (values) => percentile(values, 0.5);
const folder = mkdtempSync(join(tmpdir(), 'medflow-lighthouse-'));

function look(url, options = []) {
  const file = join(folder, 'report.json');
  const flags = '--headless=new --no-sandbox --disable-gpu --disable-quic';
  const only = `--only-categories=${Object.keys(categories).join()}`;
  const asked = [url, '--quiet', '--output=json', `--output-path=${file}`, `--chrome-flags=${flags}`, only, ...options];
  execFileSync(program[0], [...program.slice(1), ...asked], {
    env: { ...process.env, CHROME_PATH: process.env.CHROMIUM ?? '/usr/bin/chromium' },
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: LONGEST_MS,
  });
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Now and then the browser tells nothing of where a page began (NO_NAVSTART), and Lighthouse asks for another run. */
function lookAgain(url, options) {
  try {
    return look(url, options);
  } catch {
    return look(url, options);
  }
}

const looks = (url, options) => Array.from({ length: RUNS }, () => lookAgain(url, options));
const audit = (reports, name) => median(reports.map(({ audits }) => audits[name].numericValue));
const seconds = (ms) => `${(ms / 1_000).toFixed(1)} s`;
const scriptsOf = ({ audits }) =>
  audits['network-requests'].details.items
    .filter(({ resourceType, url }) => resourceType === 'Script' && !url.endsWith('sw.js'))
    .reduce((sum, { transferSize }) => sum + transferSize, 0);

/** What keeps it from the whole score: printed, for whoever mends it. */
function explain({ audits }) {
  for (const { id, score, scoreDisplayMode, displayValue = '' } of Object.values(audits))
    if (score !== null && score < 0.9 && scoreDisplayMode !== 'informative')
      console.log(`   ${id} ${score} ${displayValue}`);
}

const report = new Report();
const home = temporaryHome();
const env = { MEDFLOW_HOME: home, MEDFLOW_BUS: 'in-process' };
const demo = await launch(['embedded/dist/main.js', 'demo'], env, /Now: npm start/);
await demo.stop();
const medflow = await startMedFlow(home);
// As pages name themselves.
const url = medflow.url.replace('127.0.0.1', 'localhost');
try {
  const { items } = await (await fetch(`${url}/api/v1/doctors?limit=1`)).json();
  const pages = { '/': 'Landing page', '/doctors': 'Directory', [`/doctors/${items[0].id}`]: 'A doctor’s page' };
  for (const [path, name] of Object.entries(pages)) {
    const reports = looks(url + path);
    const scores = Object.entries(categories).map(([id, short]) => {
      const score = median(reports.map((one) => Math.round(one.categories[id].score * 100)));
      return `${short} ${score}`;
    });
    report.add(name, scores.join(', '), '≥ 95 each');
    const times = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time'];
    const [first, largest, blocked] = times.map((id) => audit(reports, id));
    const shift = audit(reports, 'cumulative-layout-shift').toFixed(3);
    report.add(
      '… first paint, largest, blocked, shift',
      `${seconds(first)}, ${seconds(largest)}, ${blocked.toFixed(0)} ms, ${shift}`,
    );
    report.add(
      '… scripts, those of the page itself too',
      `${Math.round(median(reports.map(scriptsOf)) / 1_000)} kB`,
      path === '/' ? '≤ 200 kB' : undefined,
    );
    // Half of it means a machine that does other work, and a performance that is not the page's.
    report.add(
      '… benchmark of the processor',
      median(reports.map(({ environment }) => environment.benchmarkIndex)).toFixed(0),
    );
    explain(reports.at(-1));
    report.add(
      '… first paint on slow 3G',
      seconds(audit(looks(url + path, slow3G), 'first-contentful-paint')),
      '≤ 3 s',
    );
  }
} finally {
  await medflow.stop();
  forget(home);
  rmSync(folder, { recursive: true, force: true });
}
report.write({
  command: 'npm run lighthouse',
  title: 'Lighthouse',
  how: `Lighthouse ${VERSION}, mobile, simulated throttling, medians of ${RUNS}; forty doctors of the demonstration.`,
});
