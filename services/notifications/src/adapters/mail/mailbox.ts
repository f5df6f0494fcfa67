import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { type Mail, Mailer } from '../../domain/ports.js';
import { messageOf } from './smtp-mailer.js';

export interface KeptMail {
  id: string;
  to: string;
  subject: string;
  sentAt: string;
  text: string;
  html: string;
  attachments?: { filename: string; size: number }[];
}

const NEWEST = 200;
const KEPT = { letters: 1_000, ms: 30 * 86_400_000 };
/** Looking through the folder is not worth it for each letter. */
const PRUNED = { afterLetters: 100, afterMs: 3_600_000 };

/**
 * Without an SMTP server: letters stay on this machine, as .eml files and for the mailbox page. The newest 1,000 are kept,
 * for 30 days: they carry names, and links that let their readers in.
 */
export class Mailbox extends Mailer {
  private readonly compose = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  private prunedAt = -Infinity;
  private sentSince = 0;

  constructor(
    private readonly folder: string,
    private readonly from: string,
    private readonly now: () => number = Date.now,
  ) {
    super();
  }

  async send(mail: Mail): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    this.sentSince += 1;
    await this.pruneWhenDue();
    const sentAt = new Date(this.now()).toISOString();
    const { message } = (await this.compose.sendMail(messageOf(mail, this.from))) as unknown as { message: Buffer };
    const path = join(this.folder, encodeURIComponent(mail.id));
    // The same letter sent again after a crash replaces itself.
    await writeFile(`${path}.eml`, message);
    const kept: KeptMail = {
      id: mail.id,
      to: mail.to.address,
      subject: mail.subject,
      sentAt,
      text: mail.text,
      html: mail.html,
      ...(mail.attachments && {
        attachments: mail.attachments.map(({ filename, content }) => ({ filename, size: content.length })),
      }),
    };
    // Whole or not at all for those who read it meanwhile.
    await writeFile(`${path}.new`, JSON.stringify(kept));
    await rename(`${path}.new`, `${path}.json`);
  }

  /** The 200 newest, newest first: chosen by name, since ids begin with the time of their event. */
  async newest(): Promise<KeptMail[]> {
    await this.pruneWhenDue();
    const files = (await readdir(this.folder).catch(() => [])).filter((name) => name.endsWith('.json'));
    const wanted = files.sort().reverse().slice(0, NEWEST);
    const mails = await Promise.all(
      wanted.map(async (name) => JSON.parse(await readFile(join(this.folder, name), 'utf8')) as KeptMail),
    );
    return mails.sort((a, b) => b.sentAt.localeCompare(a.sentAt));
  }

  private async pruneWhenDue(): Promise<void> {
    const now = this.now();
    if (now - this.prunedAt < PRUNED.afterMs && this.sentSince < PRUNED.afterLetters) return;
    this.prunedAt = now;
    this.sentSince = 0;
    const names = await readdir(this.folder).catch(() => []);
    const files = await Promise.all(
      names.map(async (name) => {
        // Gone meanwhile, when another process prunes as well.
        const { mtimeMs } = await stat(join(this.folder, name)).catch(() => ({ mtimeMs: 0 }));
        return { name, letter: name.replace(/\.(eml|json|new)$/, ''), at: mtimeMs };
      }),
    );
    files.sort((a, b) => b.at - a.at);
    const kept = new Set([...new Set(files.map(({ letter }) => letter))].slice(0, KEPT.letters));
    const leaving = files.filter(({ letter, at }) => !kept.has(letter) || now - at > KEPT.ms);
    await Promise.all(leaving.map(({ name }) => rm(join(this.folder, name), { force: true })));
  }
}
