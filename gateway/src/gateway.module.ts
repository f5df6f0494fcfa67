import { type DynamicModule, Inject, Injectable, Module, type OnModuleDestroy } from '@nestjs/common';
import { type BusConfig, LiveSubscriber } from '@medflow/messaging';
import { CountryRules } from '@medflow/rules';
import { countryRulesOf } from '@medflow/rules/settings';
import { AccessTokens, EndedSessions, type ServiceConfig } from '@medflow/service-kit';
import { endedSessions, seatOfVisit } from './composition/answers.js';
import { DoctorFiguresController, PatientFiguresController } from './composition/composition.controllers.js';
import { ReadDashboards } from './composition/read-dashboards.js';
import { ReadStatistics } from './composition/read-statistics.js';
import { RulesController } from './composition/rules.controller.js';
import { Upstreams } from './composition/upstreams.js';
import { RealtimeHub } from './realtime/hub.js';
import { SessionEnds } from './realtime/session-ends.js';
import { VisitLine } from './realtime/visit-line.js';
import { TypingRelay } from './realtime/typing.js';

@Injectable()
export class HubLifecycle implements OnModuleDestroy {
  constructor(
    @Inject(RealtimeHub) readonly hub: RealtimeHub,
    @Inject(LiveSubscriber) private readonly live: LiveSubscriber,
  ) {}

  /** @throws Error while events cannot come */
  async checkBus(): Promise<void> {
    if (!this.live.connected) throw new Error('no connection to the broker');
  }

  onModuleDestroy(): Promise<void> {
    return this.hub.close();
  }
}

/** What access tokens that come to this gateway are looked up in. */
function sessionEnds(upstreams: Upstreams, tokens: EndedSessions): SessionEnds {
  const ends = new SessionEnds(async (since) => {
    const query = since === undefined ? '' : `?since=${since}`;
    return upstreams.get('identity', `/internal/sessions/ended${query}`, endedSessions);
  });
  tokens.register((sessionId) => ends.includes(sessionId));
  return ends;
}

const visitLine = (upstreams: Upstreams): VisitLine =>
  new VisitLine({
    presence: (id, word) => upstreams.tell('consultations', `/internal/visits/${id}/presence`, word),
    signal: (id, word) => upstreams.tell('consultations', `/internal/visits/${id}/signals`, word),
  });

const seatsOf = (upstreams: Upstreams) => (secret: string) =>
  upstreams.ask('consultations', '/internal/visits/seats', { seat: secret }, seatOfVisit).then(
    ({ participantId }) => participantId,
    () => undefined,
  );

const typingRelay = (upstreams: Upstreams): TypingRelay =>
  new TypingRelay((conversationId, accountId) =>
    upstreams.tell('consultations', `/internal/conversations/${conversationId}/typing`, { accountId }),
  );

/**
 * The gateway has no rules and no database: what it routes is in the OpenAPI document, what it tells is on the bus, and
 * what it composes is what services answer.
 */
@Module({})
export class GatewayModule {
  static forService(config: ServiceConfig): DynamicModule {
    return {
      module: GatewayModule,
      controllers: [DoctorFiguresController, PatientFiguresController, RulesController],
      providers: [
        HubLifecycle,
        Upstreams,
        ReadStatistics,
        ReadDashboards,
        { provide: CountryRules, useValue: countryRulesOf(config.env) },
        { provide: LiveSubscriber, useFactory: () => new LiveSubscriber(config.bus as BusConfig) },
        {
          provide: RealtimeHub,
          inject: [AccessTokens, LiveSubscriber, SessionEnds, TypingRelay, Upstreams],
          useFactory: (
            tokens: AccessTokens,
            live: LiveSubscriber,
            ends: SessionEnds,
            typing: TypingRelay,
            upstreams: Upstreams,
          ) => new RealtimeHub(tokens, live, ends, typing, visitLine(upstreams), seatsOf(upstreams), config),
        },
        { provide: TypingRelay, inject: [Upstreams], useFactory: typingRelay },
        { provide: SessionEnds, inject: [Upstreams, EndedSessions], useFactory: sessionEnds },
      ],
    };
  }
}
