import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { May } from '@medflow/service-kit';
import { LRUCache } from 'lru-cache';
import { access } from '../../access.js';
import { ReadConversationsHandler } from '../../application/read-conversations.js';
import { LiveTyping } from '../../domain/ports.js';
import { PassTypingBody } from './conversations.dto.js';

/** Who is in a conversation never changes. */
const KEPT = { max: 10_000, ttl: 60_000 };

/** For the gateway's hub; it routes nothing here. */
@ApiExcludeController()
@Controller('internal/conversations')
export class InternalConversationsController {
  private readonly others = new LRUCache<string, { id: string | undefined }>(KEPT);

  constructor(
    private readonly reading: ReadConversationsHandler,
    private readonly typing: LiveTyping,
  ) {}

  /** Tells the other of the two; from anybody else it is taken no notice of. */
  @Post(':id/typing')
  @HttpCode(204)
  @May(access, 'pass-on', 'passing')
  async passTyping(@Param('id') id: string, @Body() { accountId }: PassTypingBody): Promise<void> {
    const key = `${id}|${accountId}`;
    const known = this.others.get(key) ?? { id: await this.reading.otherIn(id, accountId) };
    this.others.set(key, known);
    if (known.id !== undefined) this.typing.tell(id, accountId, known.id);
  }
}
