import { setTimeout as sleep } from 'node:timers/promises';

/** Whatever an endpoint answers. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = any;

/** The public API as the demonstration uses it; waits where a limit asks it to. */
export class DemoClient {
  constructor(
    private readonly url: string,
    private readonly say: (line: string) => void,
  ) {}

  /** @param options.body a PNG as its bytes, anything else as JSON @throws Error unless the status is among the expected ones */
  async call(
    method: string,
    path: string,
    { token, body, expect = [200, 201, 204] }: { token?: string; body?: unknown; expect?: number[] } = {},
  ): Promise<{ status: number; body: Json }> {
    const isImage = body instanceof Uint8Array;
    for (;;) {
      const response = await fetch(`${this.url}/api/v1${path}`, {
        method,
        headers: {
          ...(token && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': isImage ? 'image/png' : 'application/json' }),
        },
        ...(body !== undefined && { body: isImage ? Buffer.from(body) : JSON.stringify(body) }),
      });
      const text = await response.text();
      if (response.status === 429) {
        const seconds = Number(response.headers.get('retry-after') ?? 5);
        this.say(`so much at a time is allowed: going on in ${seconds} s`);
        await sleep(seconds * 1000);
        continue;
      }
      if (!expect.includes(response.status))
        throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
      return { status: response.status, body: text ? JSON.parse(text) : undefined };
    }
  }
}
