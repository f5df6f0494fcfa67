import { Body, Controller, Get, Header, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { AccountSubject } from '@medflow/access';
import {
  Account,
  ApiIdempotencyKey,
  ApiIfMatch,
  type CurrentAccount,
  decodeCursor,
  idKey,
  IfMatch,
  instantKey,
  localeOf,
  type KeyedRequest,
  pageOf,
  RequestKey,
  retryUntilKnown,
  Versioned,
  May,
  Requester,
} from '@medflow/service-kit';
import type { FastifyReply } from 'fastify';
import { access } from '../../access.js';
import { AnswerAppointmentHandler } from '../../application/answer-appointment.js';
import { BookAppointmentHandler } from '../../application/book-appointment.js';
import { ListAppointmentsHandler } from '../../application/list-appointments.js';
import { sideOf } from '../../application/parties.js';
import { TooManyHolds } from '../../domain/errors.js';
import { RoomForHolds } from '../room-for-holds.js';
import {
  AcceptBody,
  AppointmentList,
  AppointmentsQuery,
  AppointmentView,
  BookBody,
  CancelBody,
  RejectBody,
} from './appointments.dto.js';
import { calendarEvent } from './calendar-event.js';
import { calendarFile } from './calendar-file.js';
import { targetOf } from './target.js';
import { appointmentView, periodOf, withAlternatives } from './views.js';

const CALENDAR = 'text/calendar; charset=utf-8';

/** How long the news that a hold was paid may take. */
const PAYMENT_NEWS_MS = 2_000;
/** What this process itself hears of ends the pause. */
const LOOK_EVERY_MS = 500;

@ApiTags('scheduling')
@Controller('appointments')
export class AppointmentsController {
  constructor(
    private readonly booking: BookAppointmentHandler,
    private readonly answers: AnswerAppointmentHandler,
    private readonly lists: ListAppointmentsHandler,
    private readonly room: RoomForHolds,
  ) {}

  @Post()
  @May(access, 'book', 'appointment')
  @ApiIdempotencyKey()
  @Versioned()
  @ApiCreatedResponse({ type: AppointmentView })
  async book(
    @Account() account: CurrentAccount,
    @Requester() by: AccountSubject,
    @Body() body: BookBody,
    @RequestKey() request: KeyedRequest | undefined,
  ): Promise<AppointmentView> {
    const { id, firstName, lastName } = account;
    const command = {
      slotId: body.slotId,
      patient: { id, firstName, lastName },
      reason: body.reason || null,
      ...(body.examinedBefore !== undefined && { examinedBefore: body.examinedBefore }),
      ...(body.reservation !== undefined && { reservation: body.reservation }),
      mayConfirm: access.allows(by, 'request', 'appointment'),
      ...(request && { request }),
    };
    try {
      // What was paid a moment ago may still count as a hold.
      const { state, isReplay } = await retryUntilKnown(() => this.booking.execute(command), {
        accountId: id,
        isOwn: true,
        waitMs: PAYMENT_NEWS_MS,
        mayCome: (error) => error instanceof TooManyHolds,
        pause: (ms) => this.room.change(id, Math.max(ms, LOOK_EVERY_MS)),
      });
      if (isReplay) request?.markReplayed();
      return appointmentView(state);
    } catch (error) {
      throw withAlternatives(error);
    }
  }

  @Get()
  @May(access, 'list', 'appointment')
  @ApiOkResponse({ type: AppointmentList })
  async list(@Requester() by: AccountSubject, @Query() query: AppointmentsQuery): Promise<AppointmentList> {
    const { limit = 20, order = 'asc', status, patientId } = query;
    const keys = decodeCursor(query.cursor, 2);
    const after = keys && { startsAt: instantKey(keys[0]), id: idKey(keys[1]) };
    const filter = {
      ...periodOf(query),
      ...(status && { statuses: status }),
      ...(patientId !== undefined && { patientId }),
    };
    const states = await this.lists.list(by, filter, {
      limit,
      order,
      ...(after && { after }),
    });
    const page = pageOf(states, limit, (last) => [last.startsAt.getTime(), last.id]);
    return { items: page.items.map((state) => appointmentView(state)), nextCursor: page.nextCursor };
  }

  @Get(':id.ics')
  @May(access, 'read', 'appointment')
  @Header('content-type', CALENDAR)
  @ApiProduces('text/calendar')
  @ApiOkResponse({ schema: { type: 'string' } })
  async calendar(
    @Requester() by: AccountSubject,
    @Param('id') id: string,
    @Headers('accept-language') languages: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const state = await this.lists.one(by, id);
    void reply.header('content-disposition', 'attachment; filename="medflow.ics"');
    return calendarFile(calendarEvent(state, sideOf(by), localeOf(languages)), new Date());
  }

  @Get(':id')
  @May(access, 'read', 'appointment')
  @Versioned()
  @ApiOkResponse({ type: AppointmentView })
  async one(@Requester() by: AccountSubject, @Param('id') id: string): Promise<AppointmentView> {
    return appointmentView(await this.lists.one(by, id));
  }

  @Post(':id/accept')
  @May(access, 'accept', 'appointment')
  @HttpCode(200)
  @Versioned()
  @ApiIfMatch()
  @ApiBody({ type: AcceptBody, required: false })
  @ApiOkResponse({ type: AppointmentView })
  async accept(
    @Requester() by: AccountSubject,
    @Param('id') id: string,
    @IfMatch() version: number | undefined,
    @Body() body?: AcceptBody,
  ) {
    return appointmentView(await this.answers.accept(targetOf(by, id, version), body));
  }

  @Post(':id/reject')
  @May(access, 'reject', 'appointment')
  @HttpCode(200)
  @Versioned()
  @ApiIfMatch()
  @ApiOkResponse({ type: AppointmentView })
  async reject(
    @Requester() by: AccountSubject,
    @Param('id') id: string,
    @IfMatch() version: number | undefined,
    @Body() { reason }: RejectBody,
  ) {
    return appointmentView(await this.answers.reject(targetOf(by, id, version), reason));
  }

  @Post(':id/cancel')
  @May(access, 'cancel', 'appointment')
  @HttpCode(200)
  @Versioned()
  @ApiIfMatch()
  @ApiBody({ type: CancelBody, required: false })
  @ApiOkResponse({ type: AppointmentView })
  async cancel(
    @Requester() by: AccountSubject,
    @Param('id') id: string,
    @IfMatch() version: number | undefined,
    @Body() body?: CancelBody,
  ) {
    return appointmentView(await this.answers.cancel(targetOf(by, id, version), body?.reason || null));
  }

  @Post(':id/complete')
  @May(access, 'complete', 'appointment')
  @HttpCode(200)
  @Versioned()
  @ApiIfMatch()
  @ApiOkResponse({ type: AppointmentView })
  async complete(@Requester() by: AccountSubject, @Param('id') id: string, @IfMatch() version: number | undefined) {
    return appointmentView(await this.answers.complete(targetOf(by, id, version)));
  }

  @Post(':id/no-show')
  @May(access, 'mark-missed', 'appointment')
  @HttpCode(200)
  @Versioned()
  @ApiIfMatch()
  @ApiOkResponse({ type: AppointmentView })
  async miss(@Requester() by: AccountSubject, @Param('id') id: string, @IfMatch() version: number | undefined) {
    return appointmentView(await this.answers.miss(targetOf(by, id, version)));
  }
}
