import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from './processes.js';

export interface Supervised {
  /** As the operator reads it: « database », « bus ». */
  name: string;
  say: (line: string) => void;
  /** Where the server says why it does not start. */
  logFile: string;
  /** Starts it on the same port and data and resolves when it answers. @throws Error when it does not, or `stopping` */
  launch(stopping: AbortSignal): Promise<Server>;
  /** Whether it still does its work, beside being there. */
  probe?(): Promise<Health>;
}

/** `failing`: it answers, and cannot do its work. `silent`: it does not answer. */
export type Health = 'well' | 'failing' | 'silent';

export interface Pauses {
  /** Between two attempts to start it: doubled each time. */
  first: number;
  longest: number;
  /** Between two probes of a server that is well, and of one that is not. */
  probe: number;
  doubt: number;
  /** A server under load may be slow to answer, but not that slow. */
  silence: number;
}

const PAUSES: Pauses = { first: 200, longest: 15_000, probe: 10_000, doubt: 2_000, silence: 60_000 };
/** One that ran for so long has recovered: its next end is a new one. */
const RECOVERED_MS = 60_000;
const FAILURES_IN_A_ROW = 2;
/** Restarts in vain after which the operator is told where to look. */
const ATTEMPTS_UNTOLD = 3;

/**
 * Keeps a server running that we have started: one that ended, or cannot do its work any more (as after a full disk), is
 * started again after a growing pause, and never given up. Each end and each return is one line for the operator.
 */
export class Supervisor {
  private readonly stopping = new AbortController();
  private readonly kept: Promise<void>;
  private failures = 0;

  private constructor(
    private readonly supervised: Supervised,
    private server: Server,
    private readonly pauses: Pauses,
  ) {
    this.kept = this.keep();
  }

  /** @param server as it was launched the first time */
  static keep(supervised: Supervised, server: Server, pauses: Partial<Pauses> = {}): Supervisor {
    return new Supervisor(supervised, server, { ...PAUSES, ...pauses });
  }

  /** Resolves when it has ended. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const ended = this.server.stop();
    await this.kept;
    await ended;
    // It may have been started again at the same moment.
    await this.server.stop();
  }

  private async keep(): Promise<void> {
    for (let since = Date.now(); ; since = Date.now()) {
      const reason = await this.end();
      if (this.stopping.signal.aborted) return;
      if (Date.now() - since >= RECOVERED_MS) this.failures = 0;
      const { name, say } = this.supervised;
      say(`${name}: the server ${reason}: starting it again`);
      const downSince = Date.now();
      await this.restart();
      if (this.stopping.signal.aborted) return;
      say(`${name}: back after ${((Date.now() - downSince) / 1000).toFixed(1)} s`);
    }
  }

  /** Resolves with the reason when it has ended, or was ended because it was of no use any more. */
  private async end(): Promise<string> {
    const watching = new AbortController();
    const ended = this.server.exited.then((how) => `ended (${how})`);
    const useless = this.watch(watching.signal);
    const reason = await Promise.race([ended, useless]);
    watching.abort();
    if (!this.stopping.signal.aborted) await this.server.kill();
    return reason;
  }

  /** Resolves when the server is there but does not do its work. */
  private async watch(over: AbortSignal): Promise<string> {
    const { probe, doubt, silence } = this.pauses;
    let failures = 0;
    let lastAnswer = Date.now();
    for (let pauseMs = probe; ;) {
      await pause(pauseMs, over);
      const health = over.aborted ? 'well' : ((await this.supervised.probe?.()) ?? 'well');
      if (over.aborted) return 'is watched no more';
      if (health !== 'silent') lastAnswer = Date.now();
      failures = health === 'failing' ? failures + 1 : 0;
      if (failures >= FAILURES_IN_A_ROW) return 'answers with failures only';
      if (Date.now() - lastAnswer >= silence) return 'does not answer any more';
      pauseMs = health === 'well' ? probe : doubt;
    }
  }

  private async restart(): Promise<void> {
    const { first, longest } = this.pauses;
    for (let attempt = 1; ; attempt += 1) {
      await pause(Math.min(longest, first * 2 ** Math.min(this.failures, 10)), this.stopping.signal);
      if (this.stopping.signal.aborted) return;
      this.failures += 1;
      try {
        this.server = await this.supervised.launch(this.stopping.signal);
        return;
      } catch {
        if (attempt !== ATTEMPTS_UNTOLD) continue;
        const { name, say, logFile } = this.supervised;
        say(`${name}: it does not start yet (see ${logFile}): trying on, every ${longest / 1000} s in the end`);
      }
    }
  }
}

/** Cut short by the signal. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
