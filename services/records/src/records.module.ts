import { type DynamicModule, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { CareVisits, Practitioners } from '@medflow/care';
import { careModels, MongoCareVisits, MongoPractitioners } from '@medflow/care/mongo';
import { contracts, topology } from '@medflow/contracts';
import { type BusConfig, MessagingModule } from '@medflow/messaging';
import { People } from '@medflow/people';
import { MongoPeople, personModel } from '@medflow/people/mongo';
import { dataKeyModel, MasterKeys, Seals } from '@medflow/sealing';
import { MongoModule, type ServiceConfig } from '@medflow/service-kit';
import { CareSubscriptions, PeopleSubscriptions } from './adapters/bus/subscriptions.js';
import { keptSequences } from './adapters/mongo/kept-sequences.js';
import { SystemClock, UuidIds } from './adapters/system/system.js';
import { Clock, Ids } from './domain/ports.js';

/** All that records can do, and what does it. */
@Module({})
export class RecordsModule {
  static forService(config: ServiceConfig): DynamicModule {
    return {
      module: RecordsModule,
      imports: [
        MongoModule.forService(config.mongoUri),
        MessagingModule.forService({
          service: 'records',
          contracts,
          topology,
          bus: config.bus as BusConfig,
          kept: keptSequences,
        }),
        MongooseModule.forFeature([personModel, dataKeyModel, ...careModels]),
      ],
      controllers: [PeopleSubscriptions, CareSubscriptions],
      providers: [
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
