import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Account, type CurrentAccount, pageOf, May } from '@medflow/service-kit';
import { access } from '../../access.js';
import { ReadReviewsHandler } from '../../application/read-reviews.js';
import { OwnFeedbackList, OwnFeedbackQuery } from './feedback.dto.js';
import { ownView, pageAfter } from './views.js';

@ApiTags('feedback')
@Controller('patients/me/feedback')
export class OwnFeedbackController {
  constructor(private readonly reading: ReadReviewsHandler) {}

  @Get()
  @May(access, 'list', 'review')
  @ApiOkResponse({ type: OwnFeedbackList })
  async list(
    @Account() { id }: CurrentAccount,
    @Query() { limit = 20, cursor, appointmentId }: OwnFeedbackQuery,
  ): Promise<OwnFeedbackList> {
    const reviews = await this.reading.ofPatient(id, appointmentId, pageAfter(limit, cursor));
    const page = pageOf(reviews, limit, ({ review }) => [review.createdAt.getTime(), review.id]);
    return { items: page.items.map(ownView), nextCursor: page.nextCursor };
  }
}
