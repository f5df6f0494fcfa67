import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Anyone } from '@medflow/service-kit';
import { Mailbox } from './mailbox.js';

const escape = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[character]!,
  );

const css = `body{margin:0;font:16px/1.5 system-ui,sans-serif;background:#f2f6f6;color:#12303a}
main{max-width:46rem;margin:0 auto;padding:1.5rem 1rem}
details{background:#fff;border:1px solid #d5e0e2;border-radius:.6rem;margin:.6rem 0;padding:.7rem 1rem}
summary{cursor:pointer}summary span{color:#52666d;font-size:.9rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}
@media (prefers-color-scheme:dark){body{background:#0f1c20;color:#e6f0f2}details{background:#16282e;border-color:#2b444c}summary span{color:#a5bcc3}}`;

/** Exists only where no SMTP server is configured: a machine that keeps its letters to itself. */
@ApiExcludeController()
@Controller('mailbox')
@Anyone()
export class MailboxController {
  constructor(@Inject(Mailbox) private readonly mailbox: Mailbox) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async page(): Promise<string> {
    const mails = await this.mailbox.newest();
    const list = mails.map(
      ({ to, subject, sentAt, text, attachments = [] }) =>
        `<details><summary dir="auto"><strong>${escape(subject)}</strong><br><span>${escape(to)} · <time datetime="${sentAt}">${sentAt.slice(0, 16).replace('T', ' ')} UTC</time></span></summary><pre dir="auto">${escape(text)}</pre>${attachments.map(({ filename }) => `<p>📎 ${escape(filename)}</p>`).join('')}</details>`,
    );
    const body = list.length > 0 ? list.join('') : '<p>Aucun message pour le moment.</p>';
    return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Boîte aux lettres — MedFlow</title><link rel="stylesheet" href="/mailbox/mailbox.css"></head><body><main><h1>Boîte aux lettres</h1><p>Aucun serveur SMTP n’est configuré : les e-mails restent sur cette machine.</p>${body}</main></body></html>`;
  }

  @Get('mailbox.css')
  @Header('content-type', 'text/css; charset=utf-8')
  style(): string {
    return css;
  }

  @Get('api')
  async list() {
    return { items: await this.mailbox.newest() };
  }
}
