import type { OpenAPIObject } from '@nestjs/swagger';

/** JSON as it comes out of the generator; typed no further than this module needs. */
type Json = { [member: string]: Json } & unknown[] & string & number & boolean & null;
type Node = Record<string, unknown>;

const methods = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** Answers that any operation may give instead of its own. */
const commonRefusals = ['400', '401', '403', '404', '405', '409', '412', '413', '415', '422', '429', '503'];

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * OpenAPI 3.0 as Nest writes it → 3.1: `nullable` becomes the type `null` (JSON Schema 2020-12), objects that come from
 * callers admit no further members (the services refuse them).
 */
function modernise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(modernise);
  if (!isNode(value)) return value;
  const { nullable, ...rest } = value;
  const node = Object.fromEntries(Object.entries(rest).map(([key, member]) => [key, modernise(member)]));
  if (nullable !== true) return node;
  // A reference keeps its own type: null is beside it, not within.
  if (typeof node.type === 'string' && !node.allOf) {
    const { enum: values, ...others } = node;
    return { ...others, type: [node.type, 'null'], ...(Array.isArray(values) && { enum: [...values, null] }) };
  }
  const { description, example, ...schema } = node;
  return {
    anyOf: [schema, { type: 'null' }],
    ...(description !== undefined && { description }),
    ...(example !== undefined && { example }),
  };
}

function close(schemas: Node): void {
  for (const [name, schema] of Object.entries(schemas)) {
    if (name.endsWith('Body') && isNode(schema)) schema.additionalProperties = false;
  }
}

const problem = {
  description: 'RFC 9457 problem details',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

const text = { type: 'string' };
const problemSchemas = {
  FieldProblem: {
    type: 'object',
    properties: { field: text, code: text, message: text },
    required: ['field', 'code', 'message'],
  },
  Problem: {
    type: 'object',
    properties: {
      type: { type: 'string', format: 'uri-reference', description: 'A page that says what the code means' },
      title: text,
      status: { type: 'integer' },
      detail: { type: 'string', description: 'In the language of Accept-Language' },
      code: text,
      instance: text,
      requestId: text,
      errors: { type: 'array', items: { $ref: '#/components/schemas/FieldProblem' } },
    },
    required: ['type', 'title', 'status', 'detail', 'code', 'instance', 'requestId'],
    additionalProperties: true,
  },
};

/** One public document of the documents of the services; every operation says which service serves it. */
export function mergeDocuments(documents: { name: string; document: OpenAPIObject }[]): Node {
  const paths: Record<string, Node> = {};
  const schemas: Node = { ...problemSchemas };
  for (const { name, document } of documents) {
    const modern = modernise(JSON.parse(JSON.stringify(document)) as Json) as {
      paths: Record<string, Node>;
      components?: { schemas?: Node };
    };
    for (const [path, item] of Object.entries(modern.paths)) {
      if (path.startsWith('/internal/') || path.startsWith('/mailbox')) continue;
      for (const method of methods) {
        const operation = item[method];
        if (isNode(operation)) (paths[path] ??= {})[method] = operationOf(name, operation);
      }
    }
    for (const [schema, definition] of Object.entries(modern.components?.schemas ?? {})) {
      if (schemas[schema] && JSON.stringify(schemas[schema]) !== JSON.stringify(definition))
        throw new Error(`two schemas are called ${schema}`);
      schemas[schema] = definition;
    }
  }
  close(schemas);
  return {
    openapi: '3.1.0',
    info: {
      title: 'MedFlow',
      version: '1',
      description:
        'The public HTTP API of MedFlow. Errors are RFC 9457 problems in French (default), English or Arabic.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => a.localeCompare(b))),
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => a.localeCompare(b))),
    },
  };
}

function operationOf(service: string, operation: Node): Node {
  const refusals = Object.fromEntries(commonRefusals.map((status) => [status, problem]));
  return {
    ...operation,
    operationId: String(operation.operationId).replace(/Controller_/, '_'),
    responses: { ...(operation.responses as Node), ...refusals, default: problem },
    'x-medflow-service': service,
  };
}
