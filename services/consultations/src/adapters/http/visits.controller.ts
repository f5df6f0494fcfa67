import { Body, Controller, Delete, Get, Headers, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { AccountSubject } from '@medflow/access';
import {
  Idempotent,
  localeOf,
  May,
  Requester,
  retryUntilKnown,
  SERVICE_CONFIG,
  type ServiceConfig,
} from '@medflow/service-kit';
import { access } from '../../access.js';
import { type Attended, AttendVisitHandler } from '../../application/attend-visit.js';
import { ReadVisitHandler } from '../../application/read-visit.js';
import { NoVisit } from '../../domain/visit-errors.js';
import {
  AdmitBody,
  ConsentBody,
  ConsultationsView,
  ConsultationView,
  FinishBody,
  InvitationBody,
  InvitationView,
  JoinBody,
  WaitingMessageBody,
} from './visits.dto.js';
import { visitView } from './visit-views.js';

/** Header by which a guest without an account shows their seat. */
const SEAT = 'x-visit-seat';
/** Of pages that do not tell their devices apart. */
const SOME_DEVICE = 'browser';

@ApiTags('consultations')
@Controller('consultations')
export class VisitsController {
  constructor(
    private readonly attending: AttendVisitHandler,
    private readonly reading: ReadVisitHandler,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {}

  /** The doctor's visits in which somebody waits, longest first. */
  @Get()
  @May(access, 'list', 'visit')
  @ApiOkResponse({ type: ConsultationsView })
  async waiting(
    @Requester() by: AccountSubject,
    @Headers('accept-language') languages: string | undefined,
  ): Promise<ConsultationsView> {
    return { items: (await this.reading.waiting(by)).map((seen) => visitView(seen, localeOf(languages))) };
  }

  /** Of a guest, who has no account. */
  @Get('seat')
  @May(access, 'sit', 'seat')
  @ApiHeader({ name: SEAT, required: true, schema: { type: 'string' } })
  @ApiOkResponse({ type: ConsultationView })
  async seat(
    @Headers(SEAT) secret: string,
    @Headers('accept-language') languages: string | undefined,
  ): Promise<ConsultationView> {
    return this.view(await this.attending.find({ secret: given(secret) }), languages);
  }

  @Post('seat/leave')
  @HttpCode(200)
  @May(access, 'sit', 'seat')
  @ApiHeader({ name: SEAT, required: true, schema: { type: 'string' } })
  @ApiOkResponse({ type: ConsultationView })
  async leaveSeat(
    @Headers(SEAT) secret: string,
    @Headers('accept-language') languages: string | undefined,
  ): Promise<ConsultationView> {
    return this.view(await this.attending.leave({ secret: given(secret) }), languages);
  }

  /** A guest comes to the door; the doctor lets them in. */
  @Post('invitations/:token/join')
  @HttpCode(200)
  @May(access, 'sit', 'seat')
  @ApiOkResponse({ type: ConsultationView })
  async joinSeat(
    @Param('token') secret: string,
    @Body() { device = SOME_DEVICE, takeOver = false }: JoinBody,
    @Headers('accept-language') languages: string | undefined,
  ): Promise<ConsultationView> {
    return this.view(await this.attending.join({ secret }, device, takeOver), languages);
  }

  @Get(':appointmentId')
  @May(access, 'read', 'visit')
  @ApiOkResponse({ type: ConsultationView })
  async read(
    @Requester() by: AccountSubject,
    @Param('appointmentId') appointmentId: string,
    @Headers('accept-language') languages: string | undefined,
  ): Promise<ConsultationView> {
    return this.view(await this.onceKnown(by, () => this.attending.find({ by, appointmentId })), languages);
  }

  /** Agrees to be treated at a distance: once for each version of the text. */
  @Post(':appointmentId/consent')
  @HttpCode(200)
  @May(access, 'consent', 'visit')
  @ApiOkResponse({ type: ConsultationView })
  async consent(
    @Requester() by: AccountSubject,
    @Param('appointmentId') appointmentId: string,
    @Body() { version }: ConsentBody,
    @Headers('accept-language') languages: string | undefined,
  ): Promise<ConsultationView> {
    return this.view(await this.onceKnown(by, () => this.attending.consent({ by, appointmentId }, version)), languages);
  }

  @Delete(':appointmentId/consent')
  @May(access, 'consent', 'visit')
  @ApiOkResponse({ type: ConsultationView })
  async withdrawConsent(
    @Requester() by: AccountSubject,
    @Param('appointmentId') appointmentId: string,
    @Headers('accept-language') languages: string | undefined,
  ): Promise<ConsultationView> {
    return this.view(await this.attending.withdrawConsent({ by, appointmentId }), languages);
  }

  /** The doctor into the room, the patient to its door, or back into it. */
  @Post(':appointmentId/join')
  @HttpCode(200)
  @May(access, 'join', 'visit')
  @ApiOkResponse({ type: ConsultationView })
  async join(
    @Requester() by: AccountSubject,
    @Param('appointmentId') appointmentId: string,
    @Body() { device = SOME_DEVICE, takeOver = false }: JoinBody,
    @Headers('accept-language') languages: string | undefined,
  ): Promise<ConsultationView> {
    return this.view(
      await this.onceKnown(by, () => this.attending.join({ by, appointmentId }, device, takeOver)),
      languages,
    );
  }

  @Post(':appointmentId/admit')
  @HttpCode(200)
  @May(access, 'admit', 'visit')
  @ApiOkResponse({ type: ConsultationView })
  async admit(
    @Requester() by: AccountSubject,
    @Param('appointmentId') appointmentId: string,
    @Body() { participantId }: AdmitBody,
    @Headers('accept-language') languages: string | undefined,
  ): Promise<ConsultationView> {
    return this.view(await this.attending.admit({ by, appointmentId }, participantId), languages);
  }

  /** Ends nothing: whoever leaves may come back. */
  @Post(':appointmentId/leave')
  @HttpCode(200)
  @May(access, 'leave', 'visit')
  @ApiOkResponse({ type: ConsultationView })
  async leave(
    @Requester() by: AccountSubject,
    @Param('appointmentId') appointmentId: string,
    @Headers('accept-language') languages: string | undefined,
  ): Promise<ConsultationView> {
    return this.view(await this.attending.leave({ by, appointmentId }), languages);
  }

  /** « Terminer »: nothing else ends a visit but the day. */
  @Post(':appointmentId/finish')
  @HttpCode(200)
  @May(access, 'finish', 'visit')
  @ApiOkResponse({ type: ConsultationView })
  async finish(
    @Requester() by: AccountSubject,
    @Param('appointmentId') appointmentId: string,
    @Body() { unsuitable = false }: FinishBody,
    @Headers('accept-language') languages: string | undefined,
  ): Promise<ConsultationView> {
    return this.view(
      await this.attending.finish({ by, appointmentId }, unsuitable ? 'unsuitable' : undefined),
      languages,
    );
  }

  /** What who waits reads; nothing takes it away. */
  @Put(':appointmentId/message')
  @May(access, 'say', 'visit')
  @ApiOkResponse({ type: ConsultationView })
  async say(
    @Requester() by: AccountSubject,
    @Param('appointmentId') appointmentId: string,
    @Body() { message }: WaitingMessageBody,
    @Headers('accept-language') languages: string | undefined,
  ): Promise<ConsultationView> {
    return this.view(await this.attending.say({ by, appointmentId }, message || null), languages);
  }

  /** A third seat for an interpreter, a carer or another professional; one that nobody sits on gives way to another. */
  @Post(':appointmentId/invitations')
  @May(access, 'invite', 'visit')
  @Idempotent()
  @ApiCreatedResponse({ type: InvitationView })
  async invite(
    @Requester() by: AccountSubject,
    @Param('appointmentId') appointmentId: string,
    @Body() { name, role }: InvitationBody,
  ): Promise<InvitationView> {
    const invite = () => this.attending.invite({ by, appointmentId }, name, role);
    const { secret, id } = await this.onceKnown(by, invite);
    const base = this.config.env.PUBLIC_URL ?? '';
    return { participantId: id, url: `${base.replace(/\/$/, '')}/visit/guest/${secret}` };
  }

  private async view(attended: Attended, languages: string | undefined): Promise<ConsultationView> {
    return visitView(await this.reading.seen(attended), localeOf(languages));
  }

  /** That the appointment stands may be on its way from scheduling. */
  private onceKnown<T>(by: AccountSubject, read: () => Promise<T>): Promise<T> {
    return retryUntilKnown(read, { accountId: by.id, isOwn: true, waitMs: 500 });
  }
}

/** @throws NoVisit */
function given(secret: string | undefined): string {
  if (!secret) throw new NoVisit('no seat is shown');
  return secret;
}
