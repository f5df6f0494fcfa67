import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { For, pageOf, Versioned } from '@medflow/service-kit';
import { ChangeReviewHandler } from '../../application/change-review.js';
import { ReadReviewsHandler } from '../../application/read-reviews.js';
import type { ReviewState } from '../../domain/review.js';
import { standingSince } from '../../domain/reviews.js';
import { AdminFeedbackList, AdminFeedbackQuery, AdminFeedbackView, FeedbackReasonBody } from './feedback.dto.js';
import { adminView, pageAfter } from './views.js';

@ApiTags('administration')
@Controller('admin/feedback')
@For('admin')
export class ModerationController {
  constructor(
    private readonly changes: ChangeReviewHandler,
    private readonly reading: ReadReviewsHandler,
  ) {}

  @Get()
  @ApiOkResponse({ type: AdminFeedbackList })
  async list(@Query() { state = 'reported', limit = 20, cursor }: AdminFeedbackQuery): Promise<AdminFeedbackList> {
    const reviews = await this.reading.inStanding(state, pageAfter(limit, cursor));
    const page = pageOf(reviews, limit, ({ review }) => [standingSince(review).getTime(), review.id]);
    return { items: page.items.map(adminView), nextCursor: page.nextCursor };
  }

  @Post(':id/hide')
  @HttpCode(200)
  @Versioned()
  @ApiOkResponse({ type: AdminFeedbackView })
  async hide(@Param('id') id: string, @Body() { reason }: FeedbackReasonBody): Promise<AdminFeedbackView> {
    return this.view(await this.changes.hide(id, reason));
  }

  /** The comment may stand; one that was hidden is shown again. */
  @Post(':id/dismiss')
  @HttpCode(200)
  @Versioned()
  @ApiOkResponse({ type: AdminFeedbackView })
  async dismiss(@Param('id') id: string): Promise<AdminFeedbackView> {
    return this.view(await this.changes.dismiss(id));
  }

  private async view(review: ReviewState): Promise<AdminFeedbackView> {
    const [named] = await this.reading.named([review]);
    return adminView(named!);
  }
}
