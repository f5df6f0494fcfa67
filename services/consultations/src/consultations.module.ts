import { type DynamicModule, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { CareVisits, Practitioners } from '@medflow/care';
import { careModels, MongoCareVisits, MongoPractitioners } from '@medflow/care/mongo';
import { contracts, topology } from '@medflow/contracts';
import { type BusConfig, MessagingModule, ReplayController, replayOf } from '@medflow/messaging';
import { ImageStudio } from '@medflow/images';
import { People } from '@medflow/people';
import { MongoPeople, personModel } from '@medflow/people/mongo';
import { dataKeyModel, MasterKeys, Seals } from '@medflow/sealing';
import { MongoModule, type ServiceConfig } from '@medflow/service-kit';
import { ConversationPublications, PublishedTyping } from './adapters/bus/conversation-publications.js';
import { CareSubscriptions, PeopleSubscriptions } from './adapters/bus/subscriptions.js';
import { PublishedVisits, VisitPublications } from './adapters/bus/visit-publications.js';
import { InternalVisitsController } from './adapters/http/internal-visits.controller.js';
import { VisitsController } from './adapters/http/visits.controller.js';
import { MongoConsents } from './adapters/mongo/mongo-consents.js';
import { MongoVisits } from './adapters/mongo/mongo-visits.js';
import { visitModels } from './adapters/mongo/visit-schemas.js';
import { TurnRelays } from './adapters/turn-relays.js';
import { VisitFacts } from './adapters/visit-facts.js';
import { AttendVisitHandler } from './application/attend-visit.js';
import { PassSignalsHandler } from './application/pass-signals.js';
import { ReadVisitHandler } from './application/read-visit.js';
import { Consents } from './domain/telehealth-consent.js';
import { LiveVisits, Relays, Visits } from './domain/visits.js';
import { ConversationFacts } from './adapters/conversation-facts.js';
import { ConsultationsHoldings } from './adapters/holdings.js';
import { ConversationsController } from './adapters/http/conversations.controller.js';
import { InternalConversationsController } from './adapters/http/internal-conversations.controller.js';
import { conversationModels } from './adapters/mongo/conversation-schemas.js';
import { ConversationSeals } from './adapters/mongo/conversation-seals.js';
import { MongoAnsweringSettings } from './adapters/mongo/mongo-answering.js';
import { MongoConversations } from './adapters/mongo/mongo-conversations.js';
import { MongoMessageFiles } from './adapters/mongo/mongo-message-files.js';
import { MongoMessageLog } from './adapters/mongo/mongo-message-log.js';
import { keptSequences } from './adapters/mongo/kept-sequences.js';
import { SystemClock, UuidIds } from './adapters/system/system.js';
import { ChangeConversationHandler } from './application/change-conversation.js';
import { ConversationCircumstances } from './application/conversation-circumstances.js';
import { OpenConversationHandler } from './application/open-conversation.js';
import { ReadConversationsHandler } from './application/read-conversations.js';
import { SendMessageHandler } from './application/send-message.js';
import { AnsweringSettings, Conversations, FileStudio, MessageFiles, MessageLog } from './domain/conversations.js';
import { Clock, Ids, LiveTyping } from './domain/ports.js';

/** What doctors and patients write to each other. */
const conversations = [
  OpenConversationHandler,
  SendMessageHandler,
  ChangeConversationHandler,
  ReadConversationsHandler,
  ConversationCircumstances,
  ConversationSeals,
  ImageStudio,
  { provide: FileStudio, useExisting: ImageStudio },
  { provide: Conversations, useClass: MongoConversations },
  { provide: MessageLog, useClass: MongoMessageLog },
  { provide: MessageFiles, useClass: MongoMessageFiles },
  { provide: AnsweringSettings, useClass: MongoAnsweringSettings },
  { provide: ConversationFacts, useClass: ConversationPublications },
  { provide: LiveTyping, useClass: PublishedTyping },
];

/** Visits by video. */
const visits = [
  AttendVisitHandler,
  ReadVisitHandler,
  PassSignalsHandler,
  { provide: Visits, useClass: MongoVisits },
  { provide: Consents, useClass: MongoConsents },
  { provide: VisitFacts, useClass: VisitPublications },
  { provide: LiveVisits, useClass: PublishedVisits },
  { provide: Relays, useClass: TurnRelays },
];

/** All that consultations can do, and what does it. */
@Module({})
export class ConsultationsModule {
  static forService(config: ServiceConfig): DynamicModule {
    return {
      module: ConsultationsModule,
      imports: [
        MongoModule.forService(config.mongoUri),
        MessagingModule.forService({
          service: 'consultations',
          contracts,
          topology,
          bus: config.bus as BusConfig,
          kept: keptSequences,
        }),
        MongooseModule.forFeature([personModel, dataKeyModel, ...careModels, ...visitModels, ...conversationModels]),
      ],
      controllers: [
        VisitsController,
        InternalVisitsController,
        ConversationsController,
        InternalConversationsController,
        PeopleSubscriptions,
        CareSubscriptions,
        ReplayController,
      ],
      providers: [
        ...replayOf(ConsultationsHoldings),
        ...visits,
        ...conversations,
        MasterKeys,
        Seals,
        { provide: People, useClass: MongoPeople },
        { provide: CareVisits, useClass: MongoCareVisits },
        { provide: Practitioners, useClass: MongoPractitioners },
        { provide: Clock, useClass: SystemClock },
        { provide: Ids, useClass: UuidIds },
      ],
    };
  }
}
