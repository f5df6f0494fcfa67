import { ApiProperty } from '@nestjs/swagger';
import {
  Choice,
  Day,
  Flag,
  Instant,
  Nested,
  NestedList,
  PageQuery,
  Photo,
  QueryChoices,
  Text,
  Whole,
} from '@medflow/service-kit';

const COMMENT_MAX = 2000;
const REASON_MAX = 1000;

class OpinionBody {
  @Whole({ min: 1, max: 5 }) stars!: number;
  @Text({ max: COMMENT_MAX, multiline: true, min: 0, optional: true, nullable: true })
  comment?: string | null;
}

export class SubmitFeedbackBody extends OpinionBody {
  @Text({ max: 64, description: 'Of a completed consultation' }) appointmentId!: string;
}

export class EditFeedbackBody extends OpinionBody {}

export class FeedbackReplyBody {
  @Text({ max: COMMENT_MAX, multiline: true }) comment!: string;
}

export class FeedbackReasonBody {
  @Text({ max: REASON_MAX, multiline: true }) reason!: string;
}

export class OwnFeedbackQuery extends PageQuery {
  @Text({ max: 64, optional: true }) appointmentId?: string;
}

export class DoctorFeedbackQuery extends PageQuery {
  @QueryChoices(['1', '2', '3', '4', '5'], { description: 'Any of these' }) stars?: string[];
  @Day({ optional: true, description: 'From this day on, at the doctor’s' }) from?: string;
  @Day({ optional: true, description: 'Until this day, included' }) to?: string;
  @Text({ max: 64, optional: true }) patientId?: string;
}

export const moderatedStates = ['reported', 'hidden'] as const;

export class AdminFeedbackQuery extends PageQuery {
  @Choice(moderatedStates, { optional: true, description: 'Default reported' })
  state?: (typeof moderatedStates)[number];
}

export class ShortListQuery {
  @Whole({ min: 1, max: 100, optional: true, query: true, default: 20 }) limit?: number;
}

export class FiguresQuery {
  @Day() from!: string;
  @Day({ description: 'Included' }) to!: string;
}

class FeedbackPersonView {
  @Text({ max: 64 }) id!: string;
  @Text({ min: 0, max: 100 }) firstName!: string;
  @Text({ min: 0, max: 100 }) lastName!: string;
  @Nested(() => Photo, { nullable: true }) photo!: Photo | null;
}

class FeedbackReplyView {
  @Text({ max: COMMENT_MAX, multiline: true }) comment!: string;
  @Instant() createdAt!: string;
}

class FeedbackHiddenView {
  @Text({ max: REASON_MAX, multiline: true }) reason!: string;
}

class FeedbackReportView {
  @Text({ max: REASON_MAX, multiline: true }) reason!: string;
  @Instant() createdAt!: string;
  @Flag({ description: 'Not decided yet' }) open!: boolean;
}

/** Without a name: neither the patient nor the appointment can be told from it. */
export class PublicFeedbackView {
  @Text({ max: 64 }) id!: string;
  @Whole({ min: 1, max: 5 }) stars!: number;
  @Text({ max: COMMENT_MAX, multiline: true, nullable: true }) comment!: string | null;
  @Instant() createdAt!: string;
  @Nested(() => FeedbackReplyView, { optional: true }) reply?: FeedbackReplyView;
}

class FeedbackView extends PublicFeedbackView {
  @Text({ max: 64 }) appointmentId!: string;
  @Nested(() => FeedbackHiddenView, { optional: true }) hidden?: FeedbackHiddenView;
  @Instant({ optional: true }) editedAt?: string;
  @Whole({ min: 1, max: 1_000_000_000 }) version!: number;
}

export class OwnFeedbackView extends FeedbackView {
  @Nested(() => FeedbackPersonView) doctor!: FeedbackPersonView;
  @Instant({ description: 'The patient may edit it until then' }) editableUntil!: string;
}

export class DoctorFeedbackView extends FeedbackView {
  @Nested(() => FeedbackPersonView) patient!: FeedbackPersonView;
  @Nested(() => FeedbackReportView, { optional: true, description: 'By the doctor' }) reported?: FeedbackReportView;
}

export class AdminFeedbackView extends DoctorFeedbackView {
  @Nested(() => FeedbackPersonView) doctor!: FeedbackPersonView;
}

export class FeedbackDistribution {
  @Whole({ min: 0, max: 1_000_000_000 }) 1!: number;
  @Whole({ min: 0, max: 1_000_000_000 }) 2!: number;
  @Whole({ min: 0, max: 1_000_000_000 }) 3!: number;
  @Whole({ min: 0, max: 1_000_000_000 }) 4!: number;
  @Whole({ min: 0, max: 1_000_000_000 }) 5!: number;
}

/** All reviews of the doctor, whatever the list is filtered by. */
class RatedList {
  @ApiProperty({ type: 'number', nullable: true, minimum: 1, maximum: 5, description: 'Null before the first one' })
  average!: number | null;
  @Whole({ min: 0, max: 1_000_000_000 }) count!: number;
  @Nested(() => FeedbackDistribution) distribution!: FeedbackDistribution;
  @Text({ max: 512, nullable: true }) nextCursor!: string | null;
}

export class PublicFeedbackList extends RatedList {
  @NestedList(() => PublicFeedbackView, { max: 100 }) items!: PublicFeedbackView[];
  @Choice(['reviews-for-the-doctor-alone'], {
    optional: true,
    description: 'The rule of the country by which there is nothing here',
  })
  withheld?: 'reviews-for-the-doctor-alone';
}

export class DoctorFeedbackList extends RatedList {
  @NestedList(() => DoctorFeedbackView, { max: 100 }) items!: DoctorFeedbackView[];
}

export class OwnFeedbackList {
  @NestedList(() => OwnFeedbackView, { max: 100 }) items!: OwnFeedbackView[];
  @Text({ max: 512, nullable: true }) nextCursor!: string | null;
}

export class AdminFeedbackList {
  @NestedList(() => AdminFeedbackView, { max: 100 }) items!: AdminFeedbackView[];
  @Text({ max: 512, nullable: true }) nextCursor!: string | null;
}
