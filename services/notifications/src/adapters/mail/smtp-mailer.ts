import type { OnApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { type Mail, Mailer } from '../../domain/ports.js';

/** What every way of sending writes into the message; nodemailer encodes names and subjects, line breaks included. */
export const messageOf = ({ id, to, subject, text, html, attachments = [] }: Mail, from: string) => ({
  from,
  to,
  subject,
  text,
  html,
  attachments: [...attachments],
  messageId: `<${id}@medflow>`,
  headers: { 'Auto-Submitted': 'auto-generated' },
});

/** Milliseconds. Together they end long before the queue lets another replica try. */
const limits = { dnsTimeout: 5_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/** As many as letters are sent at once; servers that want a connection closed after so many messages close it. */
const pooling = { maxConnections: 16, maxMessages: Infinity };

/** Hands over to the server of `SMTP_URL`, over a few connections that stay open between letters. */
export class SmtpMailer extends Mailer implements OnApplicationShutdown {
  private readonly transport;

  constructor(
    url: string,
    private readonly from: string,
    limit: Partial<typeof limits> = {},
  ) {
    super();
    this.transport = createTransport({ url, pool: true, ...pooling, ...limits, ...limit });
  }

  async send(mail: Mail): Promise<void> {
    await this.transport.sendMail(messageOf(mail, this.from));
  }

  /** After the sender has drained. */
  onApplicationShutdown(): void {
    this.transport.close();
  }
}
