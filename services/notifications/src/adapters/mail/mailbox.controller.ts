import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { May } from '@medflow/service-kit';
import { access } from '../../access.js';
import { mailboxPage, mailboxStyle } from './mailbox-page.js';
import { Mailbox } from './mailbox.js';

/** Exists only where no SMTP server is configured: a machine that keeps its letters to itself. */
@ApiExcludeController()
@Controller('mailbox')
export class MailboxController {
  constructor(@Inject(Mailbox) private readonly mailbox: Mailbox) {}

  @Get()
  @May(access, 'read', 'mailbox')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  async page(): Promise<string> {
    return mailboxPage(await this.mailbox.newest());
  }

  @Get('mailbox.css')
  @May(access, 'read', 'mailbox')
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', 'no-store')
  style(): string {
    return mailboxStyle;
  }

  @Get('api')
  @May(access, 'read', 'mailbox')
  @Header('cache-control', 'no-store')
  async list() {
    return { items: await this.mailbox.newest() };
  }
}
