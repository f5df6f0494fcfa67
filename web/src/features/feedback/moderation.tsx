import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Page } from '../../components/page';
import { ReasonDialog } from '../../components/reason-dialog';
import { Stars } from '../../components/stars';
import { Empty, Failed, Loading, WriteProblem } from '../../components/states';
import { toast } from '../../lib/toast';
import { doctorName } from '../../lib/people';
import { type AdminFeedback, useFeedbackStep, useReportedFeedback } from './calls';

/** The administrator's look at what doctors report. */
export default function Moderation() {
  const { t } = useTranslation();
  const [state, setState] = useState('reported');
  const [hiding, setHiding] = useState<AdminFeedback>();
  const list = useReportedFeedback(state);
  const step = useFeedbackStep();
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const nameOf = ({ firstName, lastName }: AdminFeedback['patient']) => `${firstName} ${lastName}`;
  return (
    <Page title={t('feedback.moderation')}>
      <Stack>
        <SegmentedControl
          aria-label={t('feedback.moderationState')}
          value={state}
          onChange={setState}
          data={['reported', 'hidden'].map((value) => ({ value, label: t(`feedback.states.${value}`) }))}
        />
        {list.isPending && <Loading height={120} />}
        {list.isError && <Failed error={list.error} retry={list.refetch} />}
        {list.isSuccess && items.length === 0 && (
          <Empty title={t('feedback.moderationNone')} text={t('feedback.moderationNoneText')} />
        )}
        <WriteProblem error={hiding ? null : step.error} />
        {items.map((review) => (
          <article key={review.id} className="card" aria-label={nameOf(review.patient)}>
            <Text fw={600}>
              {t('feedback.about', { doctor: doctorName(review.doctor, t), patient: nameOf(review.patient) })}
            </Text>
            <Stars value={review.stars} />
            <Text dir="auto" style={{ whiteSpace: 'pre-line' }}>
              {review.comment}
            </Text>
            {review.reported && <Text size="sm">{t('feedback.because', { reason: review.reported.reason })}</Text>}
            {review.hidden && <Text size="sm">{t('feedback.hiddenWhy', { reason: review.hidden.reason })}</Text>}
            <Group mt="sm" gap="sm">
              {!review.hidden && (
                <Button
                  size="sm"
                  color="red.8"
                  onClick={() => {
                    step.reset();
                    setHiding(review);
                  }}
                >
                  {t('feedback.hide')}
                </Button>
              )}
              <ActionButton
                size="sm"
                variant="default"
                loading={step.isPending && step.variables.id === review.id && !hiding}
                onClick={() =>
                  step.mutate(
                    { id: review.id, step: { name: 'dismiss' } },
                    { onSuccess: () => toast(t('feedback.dismissed')) },
                  )
                }
              >
                {t('feedback.dismiss')}
              </ActionButton>
            </Group>
          </article>
        ))}
        {list.hasNextPage && (
          <ActionButton variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('common.more')}
          </ActionButton>
        )}
      </Stack>
      <ReasonDialog
        opened={hiding !== undefined}
        title={t('feedback.hideTitle')}
        label={t('feedback.hideReason')}
        required
        confirm={t('feedback.hide')}
        keep={t('common.cancel')}
        pending={step.isPending}
        error={step.error}
        onClose={() => setHiding(undefined)}
        onConfirm={(reason) =>
          hiding &&
          step.mutate(
            { id: hiding.id, step: { name: 'hide', reason } },
            {
              onSuccess: () => {
                toast(t('feedback.hiddenToast'));
                setHiding(undefined);
              },
            },
          )
        }
      />
    </Page>
  );
}
