import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { May } from '@medflow/service-kit';
import { access } from '../../access.js';
import { AccountsHandler } from '../../application/accounts.js';
import { contactView } from './contact-view.js';

/** For other services of this installation; the gateway routes nothing here. */
@ApiExcludeController()
@Controller('internal/accounts')
export class InternalController {
  constructor(private readonly accounts: AccountsHandler) {}

  /** Where to write to somebody and in which language: e-mail addresses never travel on the bus. */
  @Get(':id/contact')
  @May(access, 'contact', 'account')
  async contact(@Param('id') id: string) {
    return contactView(await this.accounts.read(id));
  }
}
