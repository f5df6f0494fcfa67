import { Body, Controller, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { AccountSubject } from '@medflow/access';
import {
  ApiIfMatch,
  Idempotent,
  IfMatch,
  OwnedIds,
  retryUntilKnown,
  Versioned,
  May,
  Requester,
} from '@medflow/service-kit';
import { access } from '../../access.js';
import { ChangeReviewHandler } from '../../application/change-review.js';
import { ReadReviewsHandler } from '../../application/read-reviews.js';
import { SubmitReviewHandler } from '../../application/submit-review.js';
import { NotCompleted, NotFound } from '../../domain/errors.js';
import type { Stars } from '../../domain/rating.js';
import type { Opinion, ReviewState } from '../../domain/review.js';
import {
  DoctorFeedbackView,
  EditFeedbackBody,
  FeedbackReasonBody,
  FeedbackReplyBody,
  OwnFeedbackView,
  SubmitFeedbackBody,
} from './feedback.dto.js';
import { doctorView, ownView } from './views.js';

const opinionOf = ({ stars, comment }: EditFeedbackBody): Opinion => ({
  stars: stars as Stars,
  comment: comment || null,
});

@ApiTags('feedback')
@Controller('feedback')
export class FeedbackController {
  constructor(
    private readonly submission: SubmitReviewHandler,
    private readonly changes: ChangeReviewHandler,
    private readonly reading: ReadReviewsHandler,
    private readonly ids: OwnedIds,
  ) {}

  @Post()
  @May(access, 'rate', 'visit')
  @Idempotent()
  @Versioned()
  @ApiCreatedResponse({ type: OwnFeedbackView })
  async submit(@Requester() by: AccountSubject, @Body() body: SubmitFeedbackBody): Promise<OwnFeedbackView> {
    const { appointmentId } = body;
    const isOwn = this.ids.isOwn(appointmentId, by.id);
    const command = { appointmentId, by, isOwn, ...opinionOf(body) };
    // That the visit is completed may be on its way from scheduling.
    const review = await retryUntilKnown(() => this.submission.execute(command), {
      accountId: by.id,
      isOwn,
      mayCome: (error) => error instanceof NotFound || error instanceof NotCompleted,
    });
    return ownView(await this.named(review));
  }

  @Put(':id')
  @May(access, 'edit', 'review')
  @Versioned()
  @ApiIfMatch()
  @ApiOkResponse({ type: OwnFeedbackView })
  async edit(
    @Requester() by: AccountSubject,
    @Param('id') id: string,
    @IfMatch() version: number | undefined,
    @Body() body: EditFeedbackBody,
  ): Promise<OwnFeedbackView> {
    return ownView(await this.named(await this.changes.edit(by, id, opinionOf(body), version)));
  }

  @Post(':id/reply')
  @May(access, 'answer', 'review')
  @Idempotent()
  @Versioned()
  @ApiCreatedResponse({ type: DoctorFeedbackView })
  async reply(
    @Requester() by: AccountSubject,
    @Param('id') id: string,
    @Body() { comment }: FeedbackReplyBody,
  ): Promise<DoctorFeedbackView> {
    return doctorView(await this.named(await this.changes.answer(by, id, comment)));
  }

  @Post(':id/report')
  @May(access, 'report', 'review')
  @HttpCode(200)
  @Versioned()
  @ApiOkResponse({ type: DoctorFeedbackView })
  async report(
    @Requester() by: AccountSubject,
    @Param('id') id: string,
    @Body() { reason }: FeedbackReasonBody,
  ): Promise<DoctorFeedbackView> {
    return doctorView(await this.named(await this.changes.report(by, id, reason)));
  }

  private async named(review: ReviewState) {
    const [named] = await this.reading.named([review]);
    return named!;
  }
}
