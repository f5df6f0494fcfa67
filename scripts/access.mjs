// Writes docs/access.md: the policies of every service as sentences, and who may call which operation. `--check` only compares.
import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const file = join(root, 'docs/access.md');
const load = (path) => import(join(root, path, 'dist/index.js'));
const names = [
  'identity',
  'profiles',
  'scheduling',
  'billing',
  'notifications',
  'feedback',
  'records',
  'consultations',
  'gateway',
];
const [{ operationsAccess }, { busAccess }, { speaksOf }, ...services] = await Promise.all([
  load('libs/service-kit'),
  load('libs/messaging'),
  load('libs/access'),
  ...names.map((name) => load(name === 'gateway' ? name : `services/${name}`)),
]);
const accesses = new Map(names.map((name, at) => [name, services[at][name].options.access]));

const roles = ['nobody', 'patient', 'doctor', 'admin'];
const row = (cells) => `| ${cells.join(' | ')} |`;

/** What of the role's request is let in, in a word or two. */
function cellOf(rules, role) {
  const theirs = rules.filter((rule) => speaksOf(rule, role));
  const kinds = theirs.map(({ relation, provided }) =>
    [relation ? 'own' : 'yes', provided && `if ${provided.is}`].filter(Boolean).join(', '),
  );
  return [...new Set(kinds)].join('; ') || '–';
}

const sentencesOf = (access) => access.rules.map(({ sentence, purpose }) => `- ${sentence} _(${purpose})_`);

const { paths } = JSON.parse(readFileSync(join(root, 'gateway/openapi.json'), 'utf8'));
const operations = Object.entries(paths).flatMap(([path, item]) =>
  Object.entries(item).map(
    ([
      method,
      {
        'x-medflow-service': service,
        'x-medflow-may': { action, resource },
      },
    ]) => {
      const rules = accesses.get(service).rulesOn(action, resource);
      return row([
        `\`${method.toUpperCase()} ${path}\``,
        `${action} ${resource}`,
        ...roles.map((role) => cellOf(rules, role)),
      ]);
    },
  ),
);

const text = `# Who may do what

Written by \`npm run access\` from the policies (\`src/access.ts\` of each service) and the OpenAPI document; why it is so is told in
[ADR 26](adr/0026-who-may.md). What no policy allows is refused. After each sentence stands the purpose that it allows for.

## Policies

${[...accesses].map(([name, access]) => `### ${name}\n\n${sentencesOf(access).join('\n')}`).join('\n\n')}

### every process

${[operationsAccess, busAccess].flatMap(sentencesOf).join('\n')}

## Operations

« own »: only what is the caller's own, everything else as if it did not exist. « – »: refused, 401 without a token, else 403.

${row(['operation', 'does', ...roles])}
${row(Array.from({ length: roles.length + 2 }, () => '---'))}
${operations.join('\n')}
`;

const { format, resolveConfig } = await import('prettier');
const document = await format(text, { ...(await resolveConfig(file)), filepath: file });
if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== document) {
    console.error('docs/access.md is out of date: npm run access');
    process.exit(1);
  }
  console.log('docs/access.md is up to date');
} else {
  writeFileSync(file, document);
  console.log(`docs/access.md: ${operations.length} operations`);
}
process.exit(0);
