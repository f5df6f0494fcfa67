import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer, Identified } from '@medflow/testing';
import { RecordsHarness } from './harness.js';

export interface Resource {
  resourceType: string;
  [field: string]: unknown;
}
export interface Bundle {
  entry: { fullUrl: string; resource: Resource }[];
}

export interface LogLine {
  action: string;
  purpose: string;
  actor: object | null;
  reason?: string;
  subjectId?: string;
}

export const resources = (bundle: Bundle, type: string): Resource[] =>
  bundle.entry.map(({ resource }) => resource).filter(({ resourceType }) => resourceType === type);

/** Records beside profiles that answer what a test says. */
export class ExchangeHarness {
  private constructor(
    readonly records: RecordsHarness,
    private readonly profiles: Server,
    /** What profiles answer, by patient; a number is a status. */
    readonly profileOf: Map<string, object | number>,
  ) {}

  static async start(): Promise<ExchangeHarness> {
    const profileOf = new Map<string, object | number>();
    const profiles = createServer((request, response) => {
      const id = /^\/internal\/patients\/([^/]+)\/demographics$/.exec(request.url ?? '')?.[1] ?? '';
      const isInternal = request.headers['x-medflow-internal'] === 'test-internal-token';
      const answer = isInternal ? (profileOf.get(id) ?? 404) : 401;
      response.writeHead(typeof answer === 'number' ? answer : 200, { 'content-type': 'application/json' });
      response.end(typeof answer === 'number' ? '{}' : JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => profiles.listen(0, '127.0.0.1', resolve));
    const records = await RecordsHarness.start({
      env: { LOG_LEVEL: 'silent', PUBLIC_URL: 'https://medflow.example' },
      upstreams: { profiles: `http://127.0.0.1:${(profiles.address() as AddressInfo).port}` },
    });
    return new ExchangeHarness(records, profiles, profileOf);
  }

  async stop(): Promise<void> {
    await this.records.stop();
    this.profiles.close();
  }

  call(
    method: string,
    path: string,
    as?: Identified,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer> {
    return this.records.call(method, path, as, body, headers);
  }

  async logOf(as: Identified): Promise<LogLine[]> {
    return (await this.call('GET', '/patients/me/record/access-log?limit=100', as)).body.items as LogLine[];
  }
}
