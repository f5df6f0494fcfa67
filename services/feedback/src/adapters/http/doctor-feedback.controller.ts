import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Account, type CurrentAccount, PageQuery, pageOf, May } from '@medflow/service-kit';
import { access } from '../../access.js';
import { ReadReviewsHandler } from '../../application/read-reviews.js';
import { DoctorFeedbackList, DoctorFeedbackQuery, PublicFeedbackList } from './feedback.dto.js';
import { checkPeriod, doctorView, pageAfter, publicView, ratingView } from './views.js';

@ApiTags('feedback')
@Controller('doctors')
export class DoctorFeedbackController {
  constructor(private readonly reading: ReadReviewsHandler) {}

  @Get('me/feedback')
  @May(access, 'list-received', 'review')
  @ApiOkResponse({ type: DoctorFeedbackList })
  async own(@Account() { id }: CurrentAccount, @Query() query: DoctorFeedbackQuery): Promise<DoctorFeedbackList> {
    const { limit = 20, cursor, stars, ...filter } = query;
    checkPeriod(filter);
    const { reviews, rating } = await this.reading.ofDoctor(
      id,
      { ...filter, ...(stars && { stars: stars.map(Number) }) },
      pageAfter(limit, cursor),
    );
    const page = pageOf(reviews, limit, ({ review }) => [review.createdAt.getTime(), review.id]);
    return { items: page.items.map(doctorView), ...ratingView(rating), nextCursor: page.nextCursor };
  }

  /** Of a doctor who is not there, as of one whom nobody has rated: nothing. */
  @Get(':id/feedback')
  @May(access, 'read-published', 'review')
  @ApiOkResponse({ type: PublicFeedbackList })
  async published(
    @Param('id') doctorId: string,
    @Query() { limit = 20, cursor }: PageQuery,
  ): Promise<PublicFeedbackList> {
    const { reviews, rating, withheld } = await this.reading.published(doctorId, pageAfter(limit, cursor));
    const page = pageOf(reviews, limit, ({ createdAt, id }) => [createdAt.getTime(), id]);
    const shown = { items: page.items.map(publicView), ...ratingView(rating), nextCursor: page.nextCursor };
    return withheld ? { ...shown, withheld } : shown;
  }
}
