// Writes gateway/openapi.json: the documents of every service and of the gateway, merged into the public one. `--check` only compares.
import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const load = (path) => import(join(root, path));
const [{ createApplication }, { mergeDocuments }, { DocumentBuilder, SwaggerModule }] = await Promise.all([
  load('libs/service-kit/dist/index.js'),
  load('gateway/dist/openapi/merge.js'),
  load('gateway/dist/openapi/swagger.js'),
]);

const names = [
  'identity',
  'profiles',
  'scheduling',
  'billing',
  'notifications',
  'feedback',
  'records',
  'consultations',
];
const config = {
  env: { LOG_LEVEL: 'silent', STRIPE_SECRET_KEY: '-', STRIPE_PUBLISHABLE_KEY: '-', STRIPE_WEBHOOK_SECRET: '-' },
  mongoUri: 'mongodb://127.0.0.1:1/unused',
  // Never connected to: a preview application makes no providers.
  bus: { kind: 'amqp', url: 'amqp://127.0.0.1:1' },
  port: 0,
  host: '127.0.0.1',
  internalToken: '',
  upstreams: {},
};
const documents = [];
for (const name of [...names, 'gateway']) {
  const folder = name === 'gateway' ? name : `services/${name}`;
  const { [name]: service } = await load(`${folder}/dist/index.js`);
  // What the gateway prepares is its routing, by the very document that is made here.
  const app = await createApplication({ ...service.options, prepare: undefined }, config, { preview: true });
  documents.push({ name, document: SwaggerModule.createDocument(app, new DocumentBuilder().build()) });
}
const text = `${JSON.stringify(mergeDocuments(documents), null, 2)}\n`;
const file = join(root, 'gateway/openapi.json');
if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== text) {
    console.error('gateway/openapi.json is out of date: npm run openapi');
    process.exit(1);
  }
  console.log('gateway/openapi.json is up to date');
} else {
  writeFileSync(file, text);
  console.log(`gateway/openapi.json: ${documents.map(({ name }) => name).join(', ')}`);
}
process.exit(0);
