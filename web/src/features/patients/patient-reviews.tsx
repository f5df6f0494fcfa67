import { Button, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Stars } from '../../components/stars';
import { Failed, Loading } from '../../components/states';
import { formatDayTime } from '../../lib/format';
import { usePatientReviews } from '../../lib/reviews';

/** What the patient has said of the doctor. */
export function PatientReviews({ patientId }: { patientId: string }) {
  const { t, i18n } = useTranslation();
  const list = usePatientReviews(patientId);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="card" aria-labelledby="patient-reviews">
      <Title order={2} size="h5" mb="sm" id="patient-reviews">
        {t('patients.reviews')}
      </Title>
      <Stack>
        {list.isPending && <Loading rows={1} height={64} />}
        {list.isError && <Failed error={list.error} retry={list.refetch} />}
        {list.isSuccess && items.length === 0 && <Text className="quiet">{t('patients.reviewsNone')}</Text>}
        {items.map((review) => (
          <article key={review.id} aria-label={t('feedback.star', { count: review.stars })}>
            <Stars value={review.stars} />
            <Text size="sm" className="quiet">
              {formatDayTime(review.createdAt, i18n.language)}
            </Text>
            {review.comment && (
              <Text dir="auto" style={{ whiteSpace: 'pre-line' }}>
                {review.comment}
              </Text>
            )}
          </article>
        ))}
        {list.hasNextPage && (
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('common.more')}
          </Button>
        )}
      </Stack>
    </section>
  );
}
