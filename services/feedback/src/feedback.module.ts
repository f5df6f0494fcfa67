import { type DynamicModule, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { contracts, topology } from '@medflow/contracts';
import { type BusConfig, MessagingModule, ReplayController, replayOf } from '@medflow/messaging';
import { People } from '@medflow/people';
import { MongoPeople, personModel } from '@medflow/people/mongo';
import { CountryRules } from '@medflow/rules';
import { countryRulesOf } from '@medflow/rules/settings';
import { MongoModule, type ServiceConfig } from '@medflow/service-kit';
import { Publications } from './adapters/bus/publications.js';
import { PeopleSubscriptions, Subscriptions } from './adapters/bus/subscriptions.js';
import { FactLog } from './adapters/fact-log.js';
import { FeedbackHoldings } from './adapters/holdings.js';
import { DoctorFeedbackController } from './adapters/http/doctor-feedback.controller.js';
import { FeedbackController } from './adapters/http/feedback.controller.js';
import { InternalController } from './adapters/http/internal.controller.js';
import { ModerationController } from './adapters/http/moderation.controller.js';
import { OwnFeedbackController } from './adapters/http/own-feedback.controller.js';
import { Jobs } from './adapters/jobs/jobs.js';
import { keptSequences } from './adapters/mongo/kept-sequences.js';
import { MongoDoctorDays } from './adapters/mongo/mongo-doctor-days.js';
import { MongoRatings } from './adapters/mongo/mongo-ratings.js';
import { MongoReviews } from './adapters/mongo/mongo-reviews.js';
import { MongoVisits } from './adapters/mongo/mongo-visits.js';
import {
  RatedDayRecord,
  ratedDaySchema,
  RatingRecord,
  ratingSchema,
  ReviewRecord,
  reviewSchema,
  VisitRecord,
  visitSchema,
} from './adapters/mongo/schemas.js';
import { SystemClock, UuidIds } from './adapters/system/system.js';
import { ChangeReviewHandler } from './application/change-review.js';
import { FollowVisitsHandler } from './application/follow-visits.js';
import { InviteToRateHandler } from './application/invite-to-rate.js';
import { ReadReviewsHandler } from './application/read-reviews.js';
import { SubmitReviewHandler } from './application/submit-review.js';
import { Clock, DoctorDays, Ids } from './domain/ports.js';
import { Ratings, Reviews } from './domain/reviews.js';
import { Visits } from './domain/visit.js';

/** All that feedback can do, and what does it. */
@Module({})
export class FeedbackModule {
  static forService(config: ServiceConfig): DynamicModule {
    return {
      module: FeedbackModule,
      imports: [
        MongoModule.forService(config.mongoUri),
        MessagingModule.forService({
          service: 'feedback',
          contracts,
          topology,
          bus: config.bus as BusConfig,
          kept: keptSequences,
        }),
        MongooseModule.forFeature([
          { name: ReviewRecord.name, schema: reviewSchema },
          { name: VisitRecord.name, schema: visitSchema },
          { name: RatingRecord.name, schema: ratingSchema },
          { name: RatedDayRecord.name, schema: ratedDaySchema },
          personModel,
        ]),
      ],
      // `doctors/me` before `doctors/:id`.
      controllers: [
        FeedbackController,
        DoctorFeedbackController,
        OwnFeedbackController,
        ModerationController,
        InternalController,
        Subscriptions,
        PeopleSubscriptions,
        ReplayController,
      ],
      providers: [
        ...replayOf(FeedbackHoldings),
        { provide: CountryRules, useValue: countryRulesOf(config.env) },
        SubmitReviewHandler,
        ChangeReviewHandler,
        ReadReviewsHandler,
        FollowVisitsHandler,
        InviteToRateHandler,
        Jobs,
        MongoVisits,
        MongoRatings,
        { provide: Reviews, useClass: MongoReviews },
        { provide: Visits, useExisting: MongoVisits },
        { provide: Ratings, useExisting: MongoRatings },
        { provide: People, useClass: MongoPeople },
        { provide: DoctorDays, useClass: MongoDoctorDays },
        { provide: FactLog, useClass: Publications },
        { provide: Clock, useClass: SystemClock },
        { provide: Ids, useClass: UuidIds },
      ],
    };
  }
}
