import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Instant, May } from '@medflow/service-kit';
import { access } from '../../access.js';
import { SessionEnds } from '../../application/session-ends.js';

export class EndedSessionsQuery {
  @Instant({ optional: true }) since?: string;
}

/** For the gateway, which refuses the access tokens of sessions that have ended. */
@ApiExcludeController()
@Controller('internal/sessions')
export class InternalSessionsController {
  constructor(private readonly ends: SessionEnds) {}

  /** `asOf` is the next question's `since`; what was answered before may come again. */
  @Get('ended')
  @May(access, 'list-ended', 'session')
  async ended(@Query() { since }: EndedSessionsQuery) {
    const { asOf, ended } = await this.ends.since(since === undefined ? undefined : new Date(since));
    return {
      asOf: asOf.toISOString(),
      items: ended.map(({ id, until }) => ({ id, until: until.toISOString() })),
    };
  }
}
