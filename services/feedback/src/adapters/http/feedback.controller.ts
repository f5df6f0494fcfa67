import { Body, Controller, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  Account,
  ApiIfMatch,
  type CurrentAccount,
  For,
  Idempotent,
  IfMatch,
  OwnedIds,
  retryUntilKnown,
  Versioned,
} from '@medflow/service-kit';
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
  @For('patient')
  @Idempotent()
  @Versioned()
  @ApiCreatedResponse({ type: OwnFeedbackView })
  async submit(@Account() { id }: CurrentAccount, @Body() body: SubmitFeedbackBody): Promise<OwnFeedbackView> {
    const command = { appointmentId: body.appointmentId, patientId: id, ...opinionOf(body) };
    // That the visit is completed may be on its way from scheduling.
    const review = await retryUntilKnown(() => this.submission.execute(command), {
      accountId: id,
      isOwn: this.ids.isOwn(body.appointmentId, id),
      mayCome: (error) => error instanceof NotFound || error instanceof NotCompleted,
    });
    return ownView(await this.named(review));
  }

  @Put(':id')
  @For('patient')
  @Versioned()
  @ApiIfMatch()
  @ApiOkResponse({ type: OwnFeedbackView })
  async edit(
    @Account() account: CurrentAccount,
    @Param('id') id: string,
    @IfMatch() version: number | undefined,
    @Body() body: EditFeedbackBody,
  ): Promise<OwnFeedbackView> {
    return ownView(await this.named(await this.changes.edit(account.id, id, opinionOf(body), version)));
  }

  @Post(':id/reply')
  @For('doctor')
  @Idempotent()
  @Versioned()
  @ApiCreatedResponse({ type: DoctorFeedbackView })
  async reply(
    @Account() account: CurrentAccount,
    @Param('id') id: string,
    @Body() { comment }: FeedbackReplyBody,
  ): Promise<DoctorFeedbackView> {
    return doctorView(await this.named(await this.changes.answer(account.id, id, comment)));
  }

  @Post(':id/report')
  @For('doctor')
  @HttpCode(200)
  @Versioned()
  @ApiOkResponse({ type: DoctorFeedbackView })
  async report(
    @Account() account: CurrentAccount,
    @Param('id') id: string,
    @Body() { reason }: FeedbackReasonBody,
  ): Promise<DoctorFeedbackView> {
    return doctorView(await this.named(await this.changes.report(account.id, id, reason)));
  }

  private async named(review: ReviewState) {
    const [named] = await this.reading.named([review]);
    return named!;
  }
}
