// What must be there before anything of MedFlow runs: Node, system packages, npm packages, the build.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alone } from './alone.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
export const node = join(root, 'node_modules/.bin/node');
/** What Node is started with, and how its memory is kept small (docs/adr/0032-memory.md); NODE_OPTIONS has the last word. */
export const nodeOptions = ['--enable-source-maps', '--max-old-space-size=1024', '--max-semi-space-size=8'].filter(
  (option) => !process.env.NODE_OPTIONS?.includes(option.split('=')[0]),
);
/** In bytes: memory of the C library from this size on, that of password hashes say, goes back to the system at once. */
const GIVEN_BACK = '262144';
export const nodeEnv = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: GIVEN_BACK,
  MALLOC_TRIM_THRESHOLD_: GIVEN_BACK,
  ...process.env,
};

/** One sentence with the remedy, exit code 1. */
export function refuse(sentence) {
  console.error(sentence);
  process.exit(1);
}

const run = (command, args, options = {}) =>
  spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options }).status === 0;

export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  refuse(`MedFlow needs Node 20.19 or later and this is ${version}: install a current Node, then try again.`);
}

/** Programs and the Debian package that brings each. `venv` is a module of Python, told by the file it needs. */
const packages = {
  'python3-venv': () => spawnSync('python3', ['-c', 'import ensurepip, venv'], { stdio: 'ignore' }).status === 0,
  'rabbitmq-server': () => existsSync('/usr/lib/rabbitmq/bin/rabbitmq-server'),
  chromium: () => existsSync('/usr/bin/chromium'),
  'nginx-light': () => existsSync('/usr/sbin/nginx'),
  openssl: () => existsSync('/usr/bin/openssl'),
  'firefox-esr': () => existsSync('/usr/bin/firefox-esr'),
  coturn: () => existsSync('/usr/bin/turnserver'),
};

/** Installs what is missing of these system packages, where we may; else says what to install. */
export function ensureSystemPackages(names, { optional = false } = {}) {
  const missing = names.filter((name) => !packages[name]());
  if (missing.length === 0) return;
  const list = missing.join(' ');
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    console.log(`Installing system packages: ${list}`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    // The machine's own updates, say, may hold the lock for a while.
    const waiting = ['-o', 'DPkg::Lock::Timeout=120'];
    const install = () =>
      run('apt-get', ['install', ...waiting, '-y', '-qq', '--no-install-recommends', ...missing], {
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    if (install() || (run('apt-get', ['update', '-qq'], { env }) && install())) return;
  }
  if (!optional)
    refuse(`These programs are missing and could not be installed: ${list}. Install them, then try again.`);
}

const stampFile = join(root, 'node_modules/.medflow-installed');
const lockDigest = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

function installPackages() {
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockDigest()) return;
  console.log('Installing npm packages (a minute or two, once)');
  const ci = process.env.CI ? ['--no-progress'] : [];
  if (!run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...ci])) {
    refuse('The npm packages could not be installed: check the network (and the lines above), then try again.');
  }
  if (!existsSync(node))
    refuse(
      'Node 24 was not installed with the npm packages: allow the install script of the package « node », then try again.',
    );
  writeFileSync(stampFile, lockDigest());
}

/** Newest modification below the folders, in milliseconds; dist and node_modules left out. */
function newest(folders) {
  let latest = 0;
  const visit = (path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) return;
    if (!stat.isDirectory()) latest = Math.max(latest, stat.mtimeMs);
    else
      for (const name of readdirSync(path))
        if (!['dist', 'node_modules', 'test'].includes(name)) visit(join(path, name));
  };
  for (const folder of folders) visit(join(root, folder));
  return latest;
}

const builtAt = (file) => statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;

function build() {
  if (
    newest(['libs', 'services', 'gateway', 'embedded', 'scripts/build.mjs', '.swcrc']) > builtAt('embedded/dist/.built')
  ) {
    console.log('Building the services');
    if (!run(node, ['scripts/build.mjs'])) refuse('The services could not be built: see the lines above.');
    writeFileSync(join(root, 'embedded/dist/.built'), '');
  }
  if (newest(['web']) > builtAt('web/dist/index.html')) {
    console.log('Building the web client (about 20 s)');
    const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` };
    if (
      !run(node, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], {
        cwd: join(root, 'web'),
        env,
      })
    ) {
      refuse('The web client could not be built: see the lines above.');
    }
  }
}

/** Packages and builds, by one command at a time: two at once would destroy each other's. */
export function prepare() {
  const work = () => {
    installPackages();
    build();
  };
  alone(join(root, '.medflow-preparing'), work, () => console.log('Another command prepares MedFlow: waiting for it'));
}
