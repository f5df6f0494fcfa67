import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Res, StreamableFile } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiExtension,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import { Readable } from 'node:stream';
import type { AccountSubject } from '@medflow/access';
import { People } from '@medflow/people';
import {
  ApiIdempotencyKey,
  decodeCursor,
  idKey,
  instantKey,
  type KeyedRequest,
  May,
  pageOf,
  RequestKey,
  Requester,
  ValidationFailed,
} from '@medflow/service-kit';
import type { FastifyReply } from 'fastify';
import { access } from '../../access.js';
import { ChangeConversationHandler } from '../../application/change-conversation.js';
import { OpenConversationHandler } from '../../application/open-conversation.js';
import { ReadConversationsHandler } from '../../application/read-conversations.js';
import { SendMessageHandler } from '../../application/send-message.js';
import {
  answeringView,
  conversationView,
  messageList,
  messageView,
  numberBefore,
  openedView,
} from './conversation-views.js';
import {
  AnsweringView,
  ClosingBody,
  ConversationList,
  ConversationsQuery,
  MessageList,
  MessagesQuery,
  MessageView,
  OpenConversationBody,
  OpenedConversationView,
  ReadMessagesBody,
  SendMessageBody,
} from './conversations.dto.js';
import { FormFile, MAX_FORM_BYTES, type SentFile, TakesForm } from './message-form.js';

const binary = { schema: { type: 'string', format: 'binary' } } as const;

@ApiTags('conversations')
@Controller('conversations')
export class ConversationsController {
  constructor(
    private readonly opening: OpenConversationHandler,
    private readonly sending: SendMessageHandler,
    private readonly changes: ChangeConversationHandler,
    private readonly reading: ReadConversationsHandler,
    private readonly people: People,
  ) {}

  @Get()
  @May(access, 'list', 'conversation')
  @ApiOkResponse({ type: ConversationList })
  async list(
    @Requester() by: AccountSubject,
    @Query() { limit = 20, cursor, q }: ConversationsQuery,
  ): Promise<ConversationList> {
    const keys = decodeCursor(cursor, 2);
    const after = keys && { at: instantKey(keys[0]), id: idKey(keys[1]) };
    if (q !== undefined) {
      const { items, unread } = await this.reading.search(by, q);
      return { items: items.map(conversationView), nextCursor: null, unread };
    }
    const { items, unread } = await this.reading.list(by, { limit, ...(after && { after }) });
    const page = pageOf(items, limit, ({ state }) => [state.lastAt.getTime(), state.id]);
    return { items: page.items.map(conversationView), nextCursor: page.nextCursor, unread };
  }

  @Post()
  @May(access, 'open', 'conversation')
  @ApiCreatedResponse({ type: OpenedConversationView, description: 'Opened now' })
  @ApiOkResponse({ type: OpenedConversationView, description: 'The two had it already' })
  async open(
    @Requester() by: AccountSubject,
    @Body() { doctorId, patientId }: OpenConversationBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OpenedConversationView> {
    const field = by.role === 'doctor' ? 'patientId' : 'doctorId';
    const otherId = by.role === 'doctor' ? patientId : doctorId;
    if (otherId === undefined) throw new ValidationFailed([{ field, code: 'required' }]);
    if (doctorId !== undefined && patientId !== undefined)
      throw new ValidationFailed([{ field: by.role === 'doctor' ? 'doctorId' : 'patientId', code: 'unknown-field' }]);
    const between =
      by.role === 'doctor' ? { doctorId: by.id, patientId: otherId } : { doctorId: otherId, patientId: by.id };
    const { state, isNew } = await this.opening.execute(by, between);
    if (!isNew) void reply.status(200);
    return openedView(await this.reading.opened(by, state));
  }

  @Get('settings')
  @May(access, 'read', 'answering')
  @ApiOkResponse({ type: AnsweringView })
  async settings(@Requester() by: AccountSubject): Promise<AnsweringView> {
    return answeringView(await this.reading.answering(by));
  }

  @Put('settings')
  @May(access, 'change', 'answering')
  @ApiOkResponse({ type: AnsweringView })
  async changeSettings(@Requester() by: AccountSubject, @Body() body: AnsweringView): Promise<AnsweringView> {
    checkHours(body.hours);
    return answeringView(await this.reading.answerBy(by, answeringView(body)));
  }

  @Get(':id')
  @May(access, 'read', 'conversation')
  @ApiOkResponse({ type: OpenedConversationView })
  async one(@Requester() by: AccountSubject, @Param('id') id: string): Promise<OpenedConversationView> {
    return openedView(await this.reading.one(by, id));
  }

  @Put(':id/closing')
  @May(access, 'close', 'conversation')
  @ApiOkResponse({ type: OpenedConversationView })
  async close(
    @Requester() by: AccountSubject,
    @Param('id') id: string,
    @Body() { closed, autoReply, hours }: ClosingBody,
  ): Promise<OpenedConversationView> {
    if (hours) checkHours(hours);
    const closing = { closed, ...(autoReply !== undefined && { autoReply }), ...(hours && { hours }) };
    return openedView(await this.reading.opened(by, await this.changes.close(by, id, closing)));
  }

  @Get(':id/messages')
  @May(access, 'read', 'conversation')
  @ApiOkResponse({ type: MessageList })
  async messages(
    @Requester() by: AccountSubject,
    @Param('id') id: string,
    @Query() { limit = 20, cursor, q }: MessagesQuery,
  ): Promise<MessageList> {
    return messageList(await this.reading.messages(by, id, { limit, ...numberBefore(cursor) }, q));
  }

  @Post(':id/messages')
  @May(access, 'write', 'conversation')
  @TakesForm()
  @ApiIdempotencyKey()
  @ApiConsumes('application/json', 'multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      properties: {
        text: { type: 'string', maxLength: 4000 },
        file: { type: 'string', format: 'binary', description: 'Of a form: JPEG, PNG, WebP or PDF, up to 10 MB' },
      },
    },
  })
  @ApiExtension('x-medflow-max-body-bytes', MAX_FORM_BYTES)
  @ApiCreatedResponse({ type: MessageView })
  async send(
    @Requester() by: AccountSubject,
    @Param('id') conversationId: string,
    @Body() { text = '' }: SendMessageBody,
    @FormFile() file: SentFile | undefined,
    @RequestKey() request: KeyedRequest | undefined,
  ): Promise<MessageView> {
    if (!text && !file) throw new ValidationFailed([{ field: 'text', code: 'required' }]);
    const { message, isReplay } = await this.sending.execute({
      by,
      conversationId,
      text,
      ...(file && { file }),
      ...(request && { seed: request.seed }),
    });
    if (isReplay) request?.markReplayed();
    return messageView(message, await this.people.find([by.id]));
  }

  /** To be saved, never to be shown by the browser as a page of ours. */
  @Get(':id/messages/:messageId/files/:fileId')
  @May(access, 'read', 'conversation')
  @ApiOkResponse({ content: { 'application/pdf': binary, 'image/webp': binary } })
  async file(
    @Requester() by: AccountSubject,
    @Param('id') id: string,
    @Param('messageId') messageId: string,
    @Param('fileId') fileId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { file, content } = await this.reading.file(by, { id, messageId, fileId });
    void reply.header('cache-control', 'private, no-store').header('x-content-type-options', 'nosniff');
    const plain = file.name.normalize('NFKD').replace(/[^ -~]|["\\%]/g, '');
    const disposition = `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file.name)}`;
    return new StreamableFile(Readable.from(content), { type: file.type, disposition, length: file.bytes });
  }

  @Post(':id/read')
  @HttpCode(200)
  @May(access, 'read', 'conversation')
  @ApiBody({ type: ReadMessagesBody, required: false })
  @ApiOkResponse({ type: OpenedConversationView })
  async read(
    @Requester() by: AccountSubject,
    @Param('id') id: string,
    @Body() { upTo }: ReadMessagesBody,
  ): Promise<OpenedConversationView> {
    return openedView(await this.reading.opened(by, await this.changes.read(by, id, upTo)));
  }

  @Post(':id/delivered')
  @HttpCode(204)
  @May(access, 'read', 'conversation')
  @ApiNoContentResponse()
  async delivered(@Requester() by: AccountSubject, @Param('id') id: string): Promise<void> {
    await this.changes.delivered(by, id);
  }
}

/** @throws ValidationFailed when a span ends before it begins */
function checkHours(hours: readonly { start: string; end: string }[]): void {
  const at = hours.findIndex(({ start, end }) => end <= start);
  if (at >= 0) throw new ValidationFailed([{ field: `hours.${at}.end`, code: 'end-before-start' }]);
}
