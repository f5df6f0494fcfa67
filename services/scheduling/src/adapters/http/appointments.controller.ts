import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  Account,
  ApiIdempotencyKey,
  ApiIfMatch,
  type CurrentAccount,
  decodeCursor,
  For,
  idKey,
  IfMatch,
  instantKey,
  type KeyedRequest,
  mayCommit,
  pageOf,
  RequestKey,
  SERVICE_CONFIG,
  type ServiceConfig,
  Versioned,
} from '@medflow/service-kit';
import { AnswerAppointmentHandler, type Target } from '../../application/answer-appointment.js';
import { BookAppointmentHandler } from '../../application/book-appointment.js';
import { ListAppointmentsHandler } from '../../application/list-appointments.js';
import type { Side } from '../../domain/appointment-state.js';
import { SlotTaken } from '../../domain/slot.js';
import {
  AppointmentList,
  AppointmentsQuery,
  AppointmentView,
  BookBody,
  CancelBody,
  RejectBody,
} from './appointments.dto.js';
import { appointmentView, periodOf, slotView } from './views.js';

const sideOf = (account: CurrentAccount): Side => (account.role === 'doctor' ? 'doctor' : 'patient');

const targetOf = (account: CurrentAccount, appointmentId: string, version: number | undefined): Target => ({
  appointmentId,
  accountId: account.id,
  side: sideOf(account),
  ...(version !== undefined && { version }),
});

/** The loser's problem document carries what they can have instead. */
const withAlternatives = (error: unknown): unknown =>
  error instanceof SlotTaken
    ? Object.assign(error, { extras: { alternatives: error.alternatives.map(slotView), reason: error.refusal } })
    : error;

@ApiTags('scheduling')
@Controller('appointments')
export class AppointmentsController {
  constructor(
    private readonly booking: BookAppointmentHandler,
    private readonly answers: AnswerAppointmentHandler,
    private readonly lists: ListAppointmentsHandler,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {}

  @Post()
  @For('patient')
  @ApiIdempotencyKey()
  @Versioned()
  @ApiCreatedResponse({ type: AppointmentView })
  async book(
    @Account() account: CurrentAccount,
    @Body() body: BookBody,
    @RequestKey() request: KeyedRequest | undefined,
  ): Promise<AppointmentView> {
    const { id, firstName, lastName } = account;
    const command = {
      slotId: body.slotId,
      patient: { id, firstName, lastName },
      reason: body.reason || null,
      mayConfirm: mayCommit(account, this.config),
      ...(request && { request }),
    };
    try {
      const { state, isReplay } = await this.booking.execute(command);
      if (isReplay) request?.markReplayed();
      return appointmentView(state);
    } catch (error) {
      throw withAlternatives(error);
    }
  }

  @Get()
  @For('patient', 'doctor')
  @ApiOkResponse({ type: AppointmentList })
  async list(@Account() account: CurrentAccount, @Query() query: AppointmentsQuery): Promise<AppointmentList> {
    const { limit = 20, order = 'asc', status, patientId } = query;
    const keys = decodeCursor(query.cursor, 2);
    const after = keys && { startsAt: instantKey(keys[0]), id: idKey(keys[1]) };
    const filter = {
      ...periodOf(query),
      ...(status && { statuses: status }),
      ...(patientId !== undefined && { patientId }),
    };
    const states = await this.lists.list(sideOf(account), account.id, filter, {
      limit,
      order,
      ...(after && { after }),
    });
    const page = pageOf(states, limit, (last) => [last.startsAt.getTime(), last.id]);
    return { items: page.items.map((state) => appointmentView(state)), nextCursor: page.nextCursor };
  }

  @Get(':id')
  @For('patient', 'doctor')
  @Versioned()
  @ApiOkResponse({ type: AppointmentView })
  async one(@Account() account: CurrentAccount, @Param('id') id: string): Promise<AppointmentView> {
    return appointmentView(await this.lists.one(sideOf(account), account.id, id));
  }

  @Post(':id/accept')
  @For('doctor')
  @HttpCode(200)
  @Versioned()
  @ApiIfMatch()
  @ApiOkResponse({ type: AppointmentView })
  async accept(@Account() account: CurrentAccount, @Param('id') id: string, @IfMatch() version: number | undefined) {
    return appointmentView(await this.answers.accept(targetOf(account, id, version)));
  }

  @Post(':id/reject')
  @For('doctor')
  @HttpCode(200)
  @Versioned()
  @ApiIfMatch()
  @ApiOkResponse({ type: AppointmentView })
  async reject(
    @Account() account: CurrentAccount,
    @Param('id') id: string,
    @IfMatch() version: number | undefined,
    @Body() { reason }: RejectBody,
  ) {
    return appointmentView(await this.answers.reject(targetOf(account, id, version), reason));
  }

  @Post(':id/cancel')
  @For('patient', 'doctor')
  @HttpCode(200)
  @Versioned()
  @ApiIfMatch()
  @ApiBody({ type: CancelBody, required: false })
  @ApiOkResponse({ type: AppointmentView })
  async cancel(
    @Account() account: CurrentAccount,
    @Param('id') id: string,
    @IfMatch() version: number | undefined,
    @Body() body?: CancelBody,
  ) {
    return appointmentView(await this.answers.cancel(targetOf(account, id, version), body?.reason || null));
  }

  @Post(':id/complete')
  @For('doctor')
  @HttpCode(200)
  @Versioned()
  @ApiIfMatch()
  @ApiOkResponse({ type: AppointmentView })
  async complete(@Account() account: CurrentAccount, @Param('id') id: string, @IfMatch() version: number | undefined) {
    return appointmentView(await this.answers.complete(targetOf(account, id, version)));
  }

  @Post(':id/no-show')
  @For('doctor')
  @HttpCode(200)
  @Versioned()
  @ApiIfMatch()
  @ApiOkResponse({ type: AppointmentView })
  async miss(@Account() account: CurrentAccount, @Param('id') id: string, @IfMatch() version: number | undefined) {
    return appointmentView(await this.answers.miss(targetOf(account, id, version)));
  }
}
