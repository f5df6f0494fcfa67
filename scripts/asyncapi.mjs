// Writes docs/asyncapi.json from the contracts, and freezes the examples of types that are new. `--check` only compares.
import 'reflect-metadata';
import { createRequire } from 'node:module';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import './build.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'docs/asyncapi.json');
const frozenPath = join(root, 'libs/contracts/frozen-examples.json');
const check = process.argv.includes('--check');

const { contracts, topology } = await import('@medflow/contracts');
// Both libraries keep their metadata in a global or in the CommonJS copy that the contracts load as well.
const require = createRequire(join(root, 'libs/contracts/package.json'));
const { getMetadataStorage } = require('class-validator');
const { defaultMetadataStorage } = require('class-transformer/cjs/storage');

/** JSON Schema of each rule; a rule without a line here stops the script rather than going missing in the document. */
const rules = {
  isString: () => ({ type: 'string' }),
  isInt: () => ({ type: 'integer' }),
  isNumber: () => ({ type: 'number' }),
  isBoolean: () => ({ type: 'boolean' }),
  isArray: () => ({ type: 'array' }),
  isObject: () => ({ type: 'object' }),
  isIso8601: () => ({ type: 'string', format: 'date-time' }),
  isUuid: () => ({ type: 'string', format: 'uuid' }),
  isNotEmpty: () => ({ minLength: 1 }),
  isIn: ([values]) => ({ enum: values }),
  isEnum: ([values]) => ({ enum: Object.values(values) }),
  isLength: ([minLength, maxLength]) => ({ type: 'string', minLength, ...(maxLength !== undefined && { maxLength }) }),
  minLength: ([minLength]) => ({ minLength }),
  maxLength: ([maxLength]) => ({ maxLength }),
  min: ([minimum]) => ({ minimum }),
  max: ([maximum]) => ({ maximum }),
  matches: ([pattern]) => ({ type: 'string', pattern: pattern.source }),
  arrayMinSize: ([minItems]) => ({ minItems }),
  arrayMaxSize: ([maxItems]) => ({ maxItems }),
  arrayUnique: () => ({ uniqueItems: true }),
};

function schemaOf(type) {
  const properties = {};
  const optional = new Set();
  for (const rule of getMetadataStorage().getTargetValidationMetadatas(type, '', true, false)) {
    const field = rule.propertyName;
    properties[field] ??= {};
    if (rule.type === 'conditionalValidation') {
      optional.add(field);
      continue;
    }
    const part = rule.type === 'nestedValidation' ? nested(type, field) : named(rule, `${type.name}.${field}`);
    const list = rule.each || (rule.type === 'nestedValidation' && properties[field].type === 'array');
    if (list)
      properties[field] = { ...properties[field], type: 'array', items: { ...properties[field].items, ...part } };
    else Object.assign(properties[field], part);
  }
  const required = Object.keys(properties).filter((field) => !optional.has(field));
  return { type: 'object', properties: sorted(properties), required: required.sort() };
}

function nested(type, field) {
  const found = defaultMetadataStorage.findTypeMetadata(type, field);
  if (!found) throw new Error(`${type.name}.${field} is nested, but has no @Type`);
  return schemaOf(found.typeFunction());
}

function named(rule, where) {
  const toSchema = rules[rule.name];
  if (!toSchema) throw new Error(`no JSON Schema for ${rule.name} of ${where}`);
  return toSchema(rule.constraints ?? []);
}

const sorted = (object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));

const envelope = {
  type: 'object',
  description: 'CloudEvents 1.0, JSON format, structured mode',
  properties: {
    specversion: { const: '1.0' },
    id: { type: 'string', format: 'uuid', description: 'UUIDv7; the same in every delivery' },
    source: { type: 'string', description: '/medflow/<service>' },
    type: { type: 'string' },
    subject: { type: 'string', description: 'Id of the aggregate' },
    time: { type: 'string', format: 'date-time' },
    datacontenttype: { const: 'application/json' },
    correlationid: { type: 'string', description: 'Follows one action through every service' },
    causationid: { type: 'string', description: 'Id of the event whose handling caused this one' },
    traceparent: { type: 'string', description: 'W3C trace context' },
    sequence: { type: 'integer', description: 'Version of the aggregate after the fact' },
  },
  required: [
    'specversion',
    'id',
    'source',
    'type',
    'subject',
    'time',
    'datacontenttype',
    'correlationid',
    'sequence',
    'data',
  ],
};

function document() {
  const byType = [...contracts].sort((a, b) => (a.type < b.type ? -1 : 1));
  const channels = {};
  const operations = {};
  const messages = {};
  for (const { type, data, example, live } of byType) {
    const service = type.split('.')[0];
    channels[type] = {
      address: type,
      description: live ? 'Live: for browsers connected now; not kept.' : 'Kept until every queue has handled it.',
      messages: { [type]: { $ref: `#/components/messages/${type}` } },
    };
    operations[`${service} sends ${type}`] = { action: 'send', channel: { $ref: `#/channels/${type}` } };
    messages[type] = {
      name: type,
      contentType: 'application/cloudevents+json',
      payload: {
        allOf: [
          { $ref: '#/components/schemas/Envelope' },
          { type: 'object', properties: { type: { const: type }, data: schemaOf(data) } },
        ],
      },
      examples: [{ name: 'frozen', payload: { type, data: example } }],
    };
  }
  for (const [queue, types] of Object.entries(topology).sort()) {
    for (const type of types) {
      operations[`${queue} receives ${type}`] = {
        action: 'receive',
        channel: { $ref: `#/channels/${type}` },
        bindings: { amqp: { ack: true } },
      };
    }
  }
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'MedFlow events',
      version: '1',
      description: 'Topic exchange `medflow`; the routing key is the type.',
    },
    defaultContentType: 'application/cloudevents+json',
    channels,
    operations,
    components: { schemas: { Envelope: envelope }, messages },
  };
}

const text = (value) => `${JSON.stringify(value, null, 2)}\n`;
const current = async (path) => readFile(path, 'utf8').catch(() => '');

const frozen = JSON.parse((await current(frozenPath)) || '{}');
const examples = sorted({ ...Object.fromEntries(contracts.map(({ type, example }) => [type, example])), ...frozen });
const results = [
  [target, text(document())],
  // What is frozen stays: only types that were not there are added.
  [frozenPath, text(examples)],
];
for (const [path, content] of results) {
  if ((await current(path)) === content) continue;
  if (check) {
    console.error(`${path} is out of date: npm run asyncapi`);
    process.exitCode = 1;
  } else await writeFile(path, content);
}
