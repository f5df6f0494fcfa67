import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { AccountSubject } from '@medflow/access';
import { pageOf, Versioned, May, Requester } from '@medflow/service-kit';
import { access } from '../../access.js';
import { ChangeReviewHandler } from '../../application/change-review.js';
import { ReadReviewsHandler } from '../../application/read-reviews.js';
import type { ReviewState } from '../../domain/review.js';
import { standingSince } from '../../domain/reviews.js';
import { AdminFeedbackList, AdminFeedbackQuery, AdminFeedbackView, FeedbackReasonBody } from './feedback.dto.js';
import { adminView, pageAfter } from './views.js';

@ApiTags('administration')
@Controller('admin/feedback')
export class ModerationController {
  constructor(
    private readonly changes: ChangeReviewHandler,
    private readonly reading: ReadReviewsHandler,
  ) {}

  @Get()
  @May(access, 'moderate', 'review')
  @ApiOkResponse({ type: AdminFeedbackList })
  async list(@Query() { state = 'reported', limit = 20, cursor }: AdminFeedbackQuery): Promise<AdminFeedbackList> {
    const reviews = await this.reading.inStanding(state, pageAfter(limit, cursor));
    const page = pageOf(reviews, limit, ({ review }) => [standingSince(review).getTime(), review.id]);
    return { items: page.items.map(adminView), nextCursor: page.nextCursor };
  }

  @Post(':id/hide')
  @May(access, 'hide', 'review')
  @HttpCode(200)
  @Versioned()
  @ApiOkResponse({ type: AdminFeedbackView })
  async hide(
    @Requester() by: AccountSubject,
    @Param('id') id: string,
    @Body() { reason }: FeedbackReasonBody,
  ): Promise<AdminFeedbackView> {
    return this.view(await this.changes.hide(by, id, reason));
  }

  /** The comment may stand; one that was hidden is shown again. */
  @Post(':id/dismiss')
  @May(access, 'dismiss', 'review')
  @HttpCode(200)
  @Versioned()
  @ApiOkResponse({ type: AdminFeedbackView })
  async dismiss(@Requester() by: AccountSubject, @Param('id') id: string): Promise<AdminFeedbackView> {
    return this.view(await this.changes.dismiss(by, id));
  }

  private async view(review: ReviewState): Promise<AdminFeedbackView> {
    const [named] = await this.reading.named([review]);
    return adminView(named!);
  }
}
