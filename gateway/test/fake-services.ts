import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  method: string;
  /** With its query. */
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

type Answering = (response: ServerResponse) => void;

/** One service behind the gateway: answers what it was given by path, or fails as it is told to. */
export class FakeService {
  readonly asked: Asked[] = [];
  private misbehaving: Answering | undefined;

  private constructor(
    private readonly server: Server,
    private readonly answers: Map<string, unknown>,
    readonly url: string,
  ) {}

  static async start(): Promise<FakeService> {
    const answers = new Map<string, unknown>();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const fake = new FakeService(server, answers, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', fake.listener);
    return fake;
  }

  /** As one that is asked within the process. */
  readonly listener = (request: IncomingMessage, response: ServerResponse): void => {
    // A caller that hangs up is none of a fake's business.
    this.answer(request, response).catch(() => response.destroy());
  };

  /** What it answers to paths that begin so. */
  knows(path: string, answer: unknown): void {
    this.answers.set(path, answer);
  }

  fails(how: Answering): void {
    this.misbehaving = how;
  }

  recovers(): void {
    this.misbehaving = undefined;
    this.asked.length = 0;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const asked: Asked = { method, path: url, headers, body: '' };
    this.asked.push(asked);
    for await (const chunk of request.setEncoding('utf8')) asked.body += chunk as string;
    if (this.misbehaving) return this.misbehaving(response);
    const known = [...this.answers].find(([path]) => url.split('?')[0] === path);
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(known ? known[1] : { code: 'not-found' }));
  }
}

/** Ways of a service to fail: hangs up, never answers, breaks, refuses, answers no JSON or other JSON than it should. */
export const failures: Record<string, Answering> = {
  'hangs up': (response) => response.destroy(),
  'never answers': () => undefined,
  'answers the beginning only': (response) => response.writeHead(200).write('{"timeZone":'),
  'answers 500': (response) => response.writeHead(500).end('{}'),
  'answers 401': (response) => response.writeHead(401).end('{}'),
  'answers no JSON': (response) => response.writeHead(200).end('<html>'),
  'answers a list': (response) => response.writeHead(200).end('[]'),
  'answers null': (response) => response.writeHead(200).end('null'),
  'answers halves': (response) =>
    response
      .writeHead(200)
      .end(
        '{"timeZone":"Mars/Olympus","days":[{"day":"x","consultations":0.5}],"items":[{}],"today":[null],"unread":"3"}',
      ),
};
