import { createTransport, type Transporter } from 'nodemailer';
import { type Mail, Mailer } from '../../domain/ports.js';

/** What every way of sending writes into the message; nodemailer encodes names and subjects, line breaks included. */
export const messageOf = ({ id, to, subject, text, html }: Mail, from: string) => ({
  from,
  to,
  subject,
  text,
  html,
  messageId: `<${id}@medflow>`,
  headers: { 'Auto-Submitted': 'auto-generated' },
});

export class SmtpMailer extends Mailer {
  private readonly transport: Transporter;

  constructor(
    url: string,
    private readonly from: string,
  ) {
    super();
    this.transport = createTransport(url, {
      connectionTimeout: 5_000,
      greetingTimeout: 5_000,
      socketTimeout: 20_000,
    } as never);
  }

  async send(mail: Mail): Promise<void> {
    await this.transport.sendMail(messageOf(mail, this.from));
  }
}
