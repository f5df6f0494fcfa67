import { Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ActionButton } from './action-button';
import { api, dataOf } from '../lib/api';
import { RatingSummary } from './ratings';
import { Stars } from './stars';
import { Failed, Loading } from './states';
import { formatDay } from '../lib/format';

const usePublicFeedback = (doctorId: string) =>
  useInfiniteQuery({
    queryKey: ['feedback', 'public', doctorId],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 5, ...(pageParam && { cursor: pageParam }) } as never;
      return dataOf(api.GET('/doctors/{id}/feedback', { params: { path: { id: doctorId }, query }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

/** What patients say of a doctor, without their names. */
export function PublicReviews({ doctorId }: { doctorId: string }) {
  const { t, i18n } = useTranslation();
  const list = usePublicFeedback(doctorId);
  const first = list.data?.pages[0];
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby="avis">
      <Title order={2} mt="lg" mb="sm" id="avis">
        {t('feedback.publicTitle')}
      </Title>
      {list.isPending && <Loading rows={2} height={90} />}
      {list.isError && <Failed error={list.error} retry={list.refetch} />}
      {first && first.count === 0 && (
        <Text className="quiet">{t(first.withheld ? 'feedback.publicWithheld' : 'feedback.publicNone')}</Text>
      )}
      {first && first.count > 0 && (
        <Stack>
          <div className="card">
            <RatingSummary average={first.average} count={first.count} distribution={first.distribution} />
          </div>
          {items
            .filter(({ comment }) => comment)
            .map((review) => (
              <article key={review.id} className="card" aria-label={t('feedback.star', { count: review.stars })}>
                <Stars value={review.stars} />
                <Text size="sm" className="quiet">
                  {formatDay(review.createdAt, i18n.language)}
                </Text>
                <Text dir="auto" style={{ whiteSpace: 'pre-line' }}>
                  {review.comment}
                </Text>
                {review.reply && (
                  <Text mt="xs" size="sm" dir="auto" style={{ whiteSpace: 'pre-line' }}>
                    <strong>{t('feedback.answer')}</strong> : {review.reply.comment}
                  </Text>
                )}
              </article>
            ))}
          {list.hasNextPage && (
            <ActionButton variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('common.more')}
            </ActionButton>
          )}
        </Stack>
      )}
    </section>
  );
}
