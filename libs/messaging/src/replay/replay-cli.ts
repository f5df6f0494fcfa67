import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { topology } from '@medflow/contracts';
import { defaultPorts } from '@medflow/service-kit';

const services = ['identity', 'profiles', 'scheduling', 'billing', 'feedback', 'records', 'consultations'];
const usage = `replay <service> [--since <time>] [--to <queue>] [--missing]

Has a running service tell the latest fact of each of its aggregates again; who knows it takes no notice.
  <service>       ${services.join(', ')}
  --since <time>  only what was told since then, where the service knows when (ISO 8601: 2026-11-30T00:00:00Z)
  --to <queue>    only to this queue, to fill a service that joins later; see below
  --missing       asks the other services first, and tells only what they do not know: what the nightly check does
Asks the service at <SERVICE>_URL with MEDFLOW_INTERNAL_TOKEN.
Queues: ${Object.keys(topology).join(', ')}`;

interface Line {
  holding?: string;
  compared?: number;
  published?: number;
  done?: boolean;
  error?: string;
}

/** @throws Error with the usage when the arguments say nothing sensible, or with what went wrong */
async function main(args: string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { since: { type: 'string' }, to: { type: 'string' }, missing: { type: 'boolean' } },
  });
  const [service, ...more] = positionals;
  const { since, to, missing } = values;
  if (!service || more.length > 0 || !services.includes(service)) throw new Error(usage);
  if (since !== undefined && Number.isNaN(Date.parse(since))) throw new Error(`${since} is no time\n\n${usage}`);
  if (to !== undefined && !(to in topology)) throw new Error(`there is no queue ${to}\n\n${usage}`);
  const body = {
    ...(since !== undefined && { since: new Date(since).toISOString() }),
    ...(to !== undefined && { to }),
    ...(missing && { missingOnly: true }),
  };
  const response = await ask(service, body);
  const totals = new Map<string, Line>();
  for await (const line of linesOf(response)) {
    if (line.error !== undefined) throw new Error(`${service} stopped: ${line.error}`);
    if (line.done) return print(service, totals);
    if (line.holding === undefined) continue;
    totals.set(line.holding, line);
    console.log(`${line.holding}: ${line.compared} looked at, ${line.published} told again`);
  }
  throw new Error(`${service} ended before it was done: what it said stands, run it again`);
}

async function ask(service: string, body: object): Promise<Response> {
  const url = process.env[`${service.toUpperCase()}_URL`] ?? `http://127.0.0.1:${defaultPorts[service]}`;
  const response = await fetch(`${url}/internal/replays`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-medflow-internal': process.env.MEDFLOW_INTERNAL_TOKEN ?? '' },
    body: JSON.stringify(body),
  }).catch((error: Error) => {
    throw new Error(`${service} does not answer at ${url} (${error.message}): is it running?`);
  });
  if (!response.ok) throw new Error(`${service} answered ${response.status}: ${await response.text()}`);
  return response;
}

async function* linesOf(response: Response): AsyncGenerator<Line> {
  let rest = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    for (const line of lines) yield JSON.parse(line) as Line;
  }
}

function print(service: string, totals: ReadonlyMap<string, Line>): void {
  const sum = (name: 'compared' | 'published') => [...totals.values()].reduce((total, line) => total + line[name]!, 0);
  console.log(`${service}: ${sum('published')} told again of ${sum('compared')}`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
