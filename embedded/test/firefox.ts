import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { eventually } from '@medflow/testing';

const PROGRAM = process.env.FIREFOX ?? '/usr/bin/firefox-esr';
const START_MS = 60_000;

/** A camera and a microphone that Firefox makes up, nobody who has to allow them, and nothing that it asks the world for. */
const preferences = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.autoplay.default': 0,
  'intl.accept_languages': 'fr-FR, fr',
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.safebrowsing.downloads.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
};

interface Answer {
  id?: number;
  type: string;
  result?: unknown;
  message?: string;
}

/** Firefox with one page, told what to do over WebDriver BiDi (W3C), which it speaks by itself. */
export class Firefox {
  private asked = 0;
  private context = '';
  private readonly waiting = new Map<number, (answer: Answer) => void>();

  private constructor(
    private readonly program: ChildProcess,
    private readonly profile: string,
    private readonly line: WebSocket,
  ) {
    line.addEventListener('message', ({ data }) => {
      const answer = JSON.parse(String(data)) as Answer;
      if (answer.id !== undefined) this.waiting.get(answer.id)?.(answer);
    });
  }

  static async launch(): Promise<Firefox> {
    const profile = mkdtempSync(join(tmpdir(), 'medflow-firefox-'));
    const lines = Object.entries(preferences).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
    );
    writeFileSync(join(profile, 'user.js'), lines.join('\n'));
    const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'];
    const program = spawn(PROGRAM, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const late = setTimeout(() => program.kill('SIGKILL'), START_MS);
    let address: string | undefined;
    for await (const line of createInterface(program.stderr)) {
      address = /WebDriver BiDi listening on (ws:\S+)/.exec(line)?.[1];
      if (address) break;
    }
    clearTimeout(late);
    program.stderr.resume();
    if (!address) throw new Error('Firefox did not say where it listens');
    const socket = new WebSocket(`${address}/session`);
    await once(socket, 'open');
    const firefox = new Firefox(program, profile, socket);
    await firefox.ask('session.new', { capabilities: {} });
    // The first page is still about to load what Firefox shows at its start.
    const { context } = await firefox.ask<{ context: string }>('browsingContext.create', { type: 'tab' });
    firefox.context = context;
    return firefox;
  }

  async goto(url: string): Promise<void> {
    // A page that changes its address at that moment calls it off.
    const go = () => this.ask('browsingContext.navigate', { context: this.context, url, wait: 'complete' });
    await go().catch(go).catch(go);
  }

  /** @param expression of JavaScript, or a promise of one, whose value JSON can hold */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.ask<{
      result?: { value?: string };
      exceptionDetails?: { text: string };
    }>('script.evaluate', {
      expression: `Promise.resolve(${expression}).then((value) => JSON.stringify(value ?? null))`,
      target: { context: this.context },
      awaitPromise: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return JSON.parse(result!.value!) as T;
  }

  /** @param selector of an element that is on the page sooner or later, with these words in it */
  async press(selector: string, words = ''): Promise<void> {
    await eventually(
      () =>
        this.evaluate<boolean>(
          `(() => { const one = [...document.querySelectorAll(${JSON.stringify(selector)})].find((each) => each.textContent.includes(${JSON.stringify(words)}) && !each.disabled); one?.click(); return one !== undefined; })()`,
        ),
      { timeoutMs: 20_000, everyMs: 100 },
    );
  }

  async fill(selector: string, text: string): Promise<void> {
    await eventually(() => this.evaluate<boolean>(`document.querySelector(${JSON.stringify(selector)}) !== null`), {
      timeoutMs: 20_000,
      everyMs: 100,
    });
    await this.evaluate(
      `(() => { const field = document.querySelector(${JSON.stringify(selector)}); Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, ${JSON.stringify(text)}); field.dispatchEvent(new Event('input', { bubbles: true })); })()`,
    );
  }

  async close(): Promise<void> {
    const ended = once(this.program, 'exit');
    this.program.kill('SIGKILL');
    await ended;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private ask<T>(method: string, params: object): Promise<T> {
    const id = (this.asked += 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ type, result, message }) => {
        this.waiting.delete(id);
        if (type === 'success') resolve(result as T);
        else reject(new Error(`${method}: ${message}`));
      });
      this.line.send(JSON.stringify({ id, method, params }));
    });
  }
}
