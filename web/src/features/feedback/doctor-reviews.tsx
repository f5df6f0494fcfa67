import { Badge, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Avatar } from '../../components/avatar';
import { Page } from '../../components/page';
import { PatientLink } from '../../components/patient-link';
import { RatingSummary } from '../../components/ratings';
import { ReasonDialog } from '../../components/reason-dialog';
import { Stars } from '../../components/stars';
import { Empty, Failed, Loading } from '../../components/states';
import { formatDayTime } from '../../lib/format';
import { toast } from '../../lib/toast';
import { type DoctorFeedback, type FeedbackFilter, useDoctorFeedback, useFeedbackStep } from './calls';

const nothing: FeedbackFilter = { stars: '', from: '', to: '', patientId: '' };

function Review({ review, onReply, onReport }: { review: DoctorFeedback; onReply: () => void; onReport: () => void }) {
  const { t, i18n } = useTranslation();
  const name = `${review.patient.firstName} ${review.patient.lastName}`;
  return (
    <article className="card" aria-label={`${name}, ${t('feedback.star', { count: review.stars })}`}>
      <Group justify="space-between" align="start">
        <Group align="start" gap="sm" wrap="nowrap">
          <Avatar person={review.patient} />
          <Stack gap={2}>
            <Text fw={700}>
              <PatientLink patient={review.patient} />
            </Text>
            <Stars value={review.stars} />
            <Text size="sm" className="quiet">
              {formatDayTime(review.createdAt, i18n.language)}
              {review.editedAt && ` · ${t('feedback.edited')}`}
            </Text>
          </Stack>
        </Group>
        <Group gap={6}>
          {review.reported?.open && <Badge color="orange">{t('feedback.reported')}</Badge>}
          {review.hidden && <Badge color="gray">{t('feedback.hidden')}</Badge>}
        </Group>
      </Group>
      {review.comment && (
        <Text mt="sm" dir="auto" style={{ whiteSpace: 'pre-line' }}>
          {review.comment}
        </Text>
      )}
      {review.hidden && <Text size="sm">{t('feedback.hiddenWhy', { reason: review.hidden.reason })}</Text>}
      {review.reply && (
        <Text mt="sm" size="sm" dir="auto" style={{ whiteSpace: 'pre-line' }}>
          <strong>{t('feedback.answer')}</strong> : {review.reply.comment}
        </Text>
      )}
      <Group mt="sm" gap="sm">
        {!review.reply && (
          <Button size="sm" variant="default" onClick={onReply}>
            {t('feedback.reply')}
          </Button>
        )}
        {review.comment && !review.reported && !review.hidden && (
          <Button size="sm" variant="subtle" onClick={onReport}>
            {t('feedback.report')}
          </Button>
        )}
      </Group>
    </article>
  );
}

export default function DoctorReviews() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState(nothing);
  const [open, setOpen] = useState<{ review: DoctorFeedback; step: 'reply' | 'report' }>();
  const list = useDoctorFeedback(filter);
  const step = useFeedbackStep();
  const patients = useRef(new Map<string, string>());
  const first = list.data?.pages[0];
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Object.values(filter).some(Boolean);
  const change = (name: keyof FeedbackFilter) => (event: { currentTarget: { value: string } }) =>
    setFilter({ ...filter, [name]: event.currentTarget.value });
  const begin = (review: DoctorFeedback, name: 'reply' | 'report') => {
    step.reset();
    setOpen({ review, step: name });
  };
  // Whoever was seen stays a choice, also while a filter leaves only some of them.
  for (const { patient } of items) patients.current.set(patient.id, `${patient.firstName} ${patient.lastName}`);
  return (
    <Page title={t('feedback.mine')}>
      <Stack>
        {first && first.count > 0 && (
          <div className="card">
            <RatingSummary average={first.average} count={first.count} distribution={first.distribution} />
          </div>
        )}
        {((first?.count ?? 0) > 0 || filtered) && (
          <Group align="end" gap="sm" role="search" aria-label={t('directory.filters')}>
            <NativeSelect
              size="sm"
              label={t('feedback.filterStars')}
              value={filter.stars}
              onChange={change('stars')}
              data={[
                { value: '', label: t('common.all') },
                ...[5, 4, 3, 2, 1].map((count) => ({ value: String(count), label: t('feedback.star', { count }) })),
              ]}
            />
            <NativeSelect
              size="sm"
              label={t('feedback.patient')}
              value={filter.patientId}
              onChange={change('patientId')}
              data={[
                { value: '', label: t('feedback.everybody') },
                ...[...patients.current].map(([value, label]) => ({ value, label })),
              ]}
            />
            <TextInput type="date" size="sm" label={t('payments.from')} value={filter.from} onChange={change('from')} />
            <TextInput type="date" size="sm" label={t('payments.until')} value={filter.to} onChange={change('to')} />
          </Group>
        )}
        {list.isPending && <Loading height={120} />}
        {list.isError && <Failed error={list.error} retry={list.refetch} />}
        {list.isSuccess &&
          items.length === 0 &&
          (filtered ? (
            <Empty title={t('feedback.noneMatch')}>
              <Button variant="default" onClick={() => setFilter(nothing)}>
                {t('directory.clear')}
              </Button>
            </Empty>
          ) : (
            <Empty title={t('feedback.none')} text={t('feedback.noneText')} />
          ))}
        {items.map((review) => (
          <Review
            key={review.id}
            review={review}
            onReply={() => begin(review, 'reply')}
            onReport={() => begin(review, 'report')}
          />
        ))}
        {list.hasNextPage && (
          <ActionButton variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('common.more')}
          </ActionButton>
        )}
      </Stack>
      <ReasonDialog
        opened={open !== undefined}
        title={t(open?.step === 'report' ? 'feedback.reportTitle' : 'feedback.replyTitle')}
        text={t(open?.step === 'report' ? 'feedback.reportText' : 'feedback.replyText')}
        label={t(open?.step === 'report' ? 'feedback.reportReason' : 'feedback.replyLabel')}
        required
        confirm={t(open?.step === 'report' ? 'feedback.report' : 'feedback.reply')}
        keep={t('common.cancel')}
        pending={step.isPending}
        error={step.error}
        onClose={() => setOpen(undefined)}
        onConfirm={(text) =>
          open &&
          step.mutate(
            {
              id: open.review.id,
              step: open.step === 'report' ? { name: 'report', reason: text } : { name: 'reply', comment: text },
            },
            {
              onSuccess: () => {
                toast(t(open.step === 'report' ? 'feedback.reportedToast' : 'feedback.replied'));
                setOpen(undefined);
              },
            },
          )
        }
      />
    </Page>
  );
}
