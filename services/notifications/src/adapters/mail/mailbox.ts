import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
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

/** Without an SMTP server: letters stay on this machine, as .eml files and for the mailbox page. */
export class Mailbox extends Mailer {
  private readonly compose = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  constructor(
    private readonly folder: string,
    private readonly from: string,
  ) {
    super();
  }

  async send(mail: Mail): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const sentAt = new Date().toISOString();
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
    const files = (await readdir(this.folder).catch(() => [])).filter((name) => name.endsWith('.json'));
    const wanted = files.sort().reverse().slice(0, NEWEST);
    const mails = await Promise.all(
      wanted.map(async (name) => JSON.parse(await readFile(join(this.folder, name), 'utf8')) as KeptMail),
    );
    return mails.sort((a, b) => b.sentAt.localeCompare(a.sentAt));
  }
}
