import { deepJson, outlandishInstants, outlandishTimes } from './hostile.js';

type Schema = Record<string, unknown> & { properties?: Record<string, Schema>; anyOf?: Schema[]; format?: string };

interface Operation {
  'x-medflow-access'?: string[];
  parameters?: { in: string; name: string; schema?: Schema }[];
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
}

/** The public OpenAPI document, as far as it is looked at here. */
export interface CallableDocument {
  paths: Record<string, Record<string, unknown>>;
  components?: { schemas?: Record<string, unknown> };
}

/** A call that must be refused. */
export interface HostileCall {
  /** In a few words. */
  what: string;
  method: string;
  path: string;
  /** Who may call it at all: `anyone`, or a role. */
  as: string;
  /** JSON text; undefined for none. */
  body?: string;
  status: 400 | 422;
  /** Of which one of the errors speaks. */
  field?: string;
}

const isTime = ({ format, anyOf = [] }: Schema): boolean =>
  format === 'date' || format === 'date-time' || anyOf.some(isTime);

const inherited = Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== '__proto__');

/** What an operation takes as its body; without a name where it is read byte by byte (a signed webhook). */
function schemaOf(
  document: CallableDocument,
  { requestBody }: Operation,
): { name?: string; schema: Schema } | undefined {
  const schema = requestBody?.content['application/json']?.schema;
  if (typeof schema?.$ref !== 'string') return schema && { schema };
  const name = schema.$ref.split('/').at(-1)!;
  return { name, schema: document.components?.schemas?.[name] as Schema };
}

/** Who calls: an account of a role where the operation names one, any account, or anybody. */
const callerOf = ({ 'x-medflow-access': access = ['anyone'] }: Operation): string =>
  access.includes('signed-in') ? 'patient' : access[0]!;

function* bodiesOf(
  schema: Schema,
  required: boolean,
): Generator<Pick<HostileCall, 'what' | 'body' | 'status' | 'field'>> {
  for (const kind of ['list', 'object'] as const) {
    for (const depth of [33, 20_000])
      yield { what: `${depth} levels of ${kind}`, body: deepJson(depth, kind), status: 400 };
    yield { what: `a ${kind} without end`, body: deepJson(20_000, kind).slice(0, 20_000), status: 400 };
  }
  yield { what: '__proto__', body: '{"__proto__":{"role":"admin"}}', status: 400 };
  const nothing = ['null', '[]', '[{}]', '"text"', '7', 'true'];
  for (const body of nothing) yield { what: `${body} for a body`, body, status: 422 };
  if (required) yield { what: 'no body', status: 422 };
  for (const name of inherited)
    yield { what: `a field ${name}`, body: JSON.stringify({ [name]: { a: 1 } }), status: 422, field: name };
  for (const [name, member] of Object.entries(schema.properties ?? {}))
    if (isTime(member))
      for (const time of outlandishTimes)
        yield { what: `${name} ${time}`, body: JSON.stringify({ [name]: time }), status: 422, field: name };
}

function* queriesOf({ parameters = [] }: Operation): Generator<{ what: string; query: string; field: string }> {
  for (const { name, schema = {} } of parameters.filter((one) => one.in === 'query')) {
    if (isTime(schema))
      for (const time of outlandishTimes)
        yield { what: `${name} ${time}`, query: `${name}=${encodeURIComponent(time)}`, field: name };
    if (name === 'cursor')
      for (const time of outlandishInstants) {
        const cursor = Buffer.from(JSON.stringify([time, 'id'])).toString('base64url');
        yield { what: `a cursor of ${time}`, query: `cursor=${cursor}`, field: 'cursor' };
      }
  }
  for (const name of inherited) yield { what: `?${name}`, query: `${name}=1`, field: name };
}

/**
 * Calls drawn from the document that must be refused as bad input, and never fail: bodies that are none or nested without
 * end, fields called like what every object has, years that nobody meets, in bodies, queries and cursors.
 */
export function hostileCalls(document: CallableDocument): HostileCall[] {
  return Object.entries(document.paths).flatMap(([template, item]) =>
    Object.entries(item).flatMap(([method, value]) => {
      const operation = value as Operation;
      const path = template.replace(/\{\w+\}/g, 'nobody');
      const call = { method: method.toUpperCase(), path, as: callerOf(operation) };
      const taken = schemaOf(document, operation);
      const bodies = taken ? [...bodiesOf(taken.schema, operation.requestBody?.required === true)] : [];
      const takesQuery = operation.parameters?.some((one) => one.in === 'query');
      return [
        // What nobody signed is unreadable, whatever it says; of what has no class of its own, no field is asked after.
        ...bodies.map(({ field, ...one }) => {
          if (taken?.name) return { ...call, ...one, ...(field && { field }) };
          return call.as === 'anyone' ? { ...call, ...one, status: 400 as const } : { ...call, ...one };
        }),
        ...(takesQuery ? [...queriesOf(operation)] : []).map(({ query, ...one }) => ({
          ...call,
          ...one,
          path: `${path}?${query}`,
          status: 422 as const,
        })),
      ];
    }),
  );
}

export interface HostileAnswer {
  status: number;
  contentType: string;
  body: unknown;
}

/** What is wrong with the answer to such a call; nothing where all is right. */
export function faultOf({ method, path, what, status, field }: HostileCall, answer: HostileAnswer): string | undefined {
  const errors = ((answer.body as { errors?: { field: string }[] } | null)?.errors ?? []).map((one) => one.field);
  const right =
    answer.status === status &&
    answer.contentType.startsWith('application/problem+json') &&
    (field === undefined || errors.includes(field));
  return right
    ? undefined
    : `${method} ${path}, ${what}: ${answer.status} ${JSON.stringify(answer.body)?.slice(0, 300)}`;
}
