import { type ChildProcess, fork } from 'node:child_process';
import { extname } from 'node:path';

/** A picture of somebody, square, as WebP. */
export interface Portrait {
  readonly large: Uint8Array;
  readonly small: Uint8Array;
}

export interface Order {
  image: Uint8Array;
  /** `page`: all of it, to be read; `original`: all of it, as large as it was. */
  as: 'portrait' | 'page' | 'original';
}
export type Decoded = { portrait: Portrait } | { page: Uint8Array };
export type Answer = Decoded | { fault: string };

/** The program beside this one, in the same language. */
const program = new URL(`./decode${extname(import.meta.url)}`, import.meta.url);

/** A running decoder: one image at a time. */
export class DecoderProcess {
  private constructor(private readonly child: ChildProcess) {}

  /** @throws Error when it does not start: its library lacks, say */
  static async start(withinMs: number): Promise<DecoderProcess> {
    const child = fork(program, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: ['--max-old-space-size=64'],
      env: { MALLOC_ARENA_MAX: '2' },
    });
    // Also of one that ends while nobody listens.
    child.on('error', () => undefined);
    const decoder = new DecoderProcess(child);
    await decoder.hear(withinMs);
    return decoder;
  }

  get isRunning(): boolean {
    return this.child.connected;
  }

  /** @throws Error when it takes longer, or the process ends over it */
  async decode(order: Order, withinMs: number): Promise<Answer> {
    this.child.send(order);
    return (await this.hear(withinMs)) as Answer;
  }

  end(): void {
    this.child.kill('SIGKILL');
  }

  /** The next word of the process. It holds up the end of nobody but its own. */
  private async hear(withinMs: number): Promise<unknown> {
    const { child } = this;
    child.ref();
    child.channel?.ref();
    try {
      return await new Promise((resolve, reject) => {
        const timer = setTimeout(() => fail('it took too long'), withinMs);
        const fail = (reason: string) => {
          settle();
          this.end();
          reject(new Error(`the decoder of images: ${reason}`));
        };
        const heard = (word: unknown) => {
          settle();
          resolve(word);
        };
        const ended = (code: number | null, signal: string | null) => fail(`it ended (${signal ?? code})`);
        const broken = (error: Error) => fail(error.message);
        const settle = () => {
          clearTimeout(timer);
          child.off('message', heard).off('exit', ended).off('error', broken);
        };
        child.on('message', heard).on('exit', ended).on('error', broken);
      });
    } finally {
      child.unref();
      child.channel?.unref();
    }
  }
}
