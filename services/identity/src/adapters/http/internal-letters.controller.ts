import { Body, Controller, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Choice, Text, May } from '@medflow/service-kit';
import { access } from '../../access.js';
import { WriteLetterHandler } from '../../application/write-letter.js';
import type { LinkPurpose } from '../../domain/mailed-link.js';
import { contactView } from './contact-view.js';

class WriteLetterBody {
  @Text({ max: 64 }) accountId!: string;
  @Choice(['verification', 'recovery']) purpose!: LinkPurpose;
}

/** For the service that writes letters: the secret of a link is made for the one letter that brings it. */
@ApiExcludeController()
@Controller('internal/letters')
export class InternalLettersController {
  constructor(private readonly letters: WriteLetterHandler) {}

  /** 404: nobody to write to, or the link is used or another took its place. */
  @Post(':id/write')
  @May(access, 'link', 'account')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async write(@Param('id') letterId: string, @Body() { accountId, purpose }: WriteLetterBody) {
    const { account, token } = await this.letters.execute({ letterId, accountId, purpose });
    return { ...contactView(account), token };
  }
}
