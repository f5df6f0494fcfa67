import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Anyone } from '@medflow/service-kit';
import { mailboxPage, mailboxStyle } from './mailbox-page.js';
import { Mailbox } from './mailbox.js';

/** Exists only where no SMTP server is configured: a machine that keeps its letters to itself. */
@ApiExcludeController()
@Controller('mailbox')
@Anyone()
export class MailboxController {
  constructor(@Inject(Mailbox) private readonly mailbox: Mailbox) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  async page(): Promise<string> {
    return mailboxPage(await this.mailbox.newest());
  }

  @Get('mailbox.css')
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', 'no-store')
  style(): string {
    return mailboxStyle;
  }

  @Get('api')
  @Header('cache-control', 'no-store')
  async list() {
    return { items: await this.mailbox.newest() };
  }
}
