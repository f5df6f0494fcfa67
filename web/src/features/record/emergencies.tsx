import { Badge, Button, Group, Radio, SegmentedControl, Stack, Text, Textarea, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Dialog } from '../../components/dialog';
import { Page } from '../../components/page';
import { Empty, Failed, Loading, WriteProblem } from '../../components/states';
import { formatDayTime, formatTime } from '../../lib/format';
import { useNow } from '../../lib/now';
import { doctorName, fullName } from '../../lib/people';
import { toast } from '../../lib/toast';
import { type EmergencyAccess, useEmergencies, useReview } from './calls';

const verdicts = ['justified', 'unjustified'] as const;
const MOST = 1_000;

function Judging({ access, onDone }: { access: EmergencyAccess; onDone: () => void }) {
  const { t } = useTranslation();
  const [verdict, setVerdict] = useState<'justified' | 'unjustified'>();
  const [comment, setComment] = useState('');
  const [missing, setMissing] = useState(false);
  const review = useReview();
  const send = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!verdict);
    if (!verdict) return;
    const said = comment.trim();
    review.mutate(
      { id: access.id, verdict, ...(said && { comment: said }) },
      {
        onSuccess: () => {
          toast(t('record.admin.saved'));
          onDone();
        },
      },
    );
  };
  return (
    <Dialog title={t('record.admin.reviewTitle')} onClose={onDone}>
      <form noValidate onSubmit={send}>
        <Stack>
          <Text dir="auto" style={{ whiteSpace: 'pre-line' }}>
            {access.reason}
          </Text>
          <Radio.Group
            label={t('record.admin.verdict')}
            value={verdict ?? ''}
            error={missing && !verdict ? t('record.admin.choose') : undefined}
            onChange={(value) => setVerdict(value as typeof verdict)}
          >
            <Stack gap="xs" mt="xs">
              {verdicts.map((value) => (
                <Radio
                  key={value}
                  value={value}
                  label={t(`record.admin.verdicts.${value}`)}
                  description={t(`record.admin.verdictHints.${value}`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          <Textarea
            label={`${t('record.admin.comment')} (${t('common.optional')})`}
            autosize
            minRows={2}
            maxLength={MOST}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
          <WriteProblem inForm error={review.error} />
          <Group justify="end">
            <Button variant="default" onClick={onDone}>
              {t('common.cancel')}
            </Button>
            <ActionButton type="submit" loading={review.isPending}>
              {t('record.admin.save')}
            </ActionButton>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function Access({ access, onReview }: { access: EmergencyAccess; onReview: (access: EmergencyAccess) => void }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const { doctor, patient, reason, openedAt, until, verdict, comment, reviewedAt } = access;
  const title = t('record.admin.who', { doctor: doctorName(doctor, t), patient: fullName(patient) });
  return (
    <article className="card" aria-label={title}>
      <Stack gap="xs">
        <Group justify="space-between" align="start" gap="xs">
          <Title order={2} size="h5">
            {title}
          </Title>
          {now < Date.parse(until) && (
            <Badge color="red.8" autoContrast>
              {t('record.admin.ongoing')}
            </Badge>
          )}
        </Group>
        <Text size="sm" className="quiet">
          {t('record.admin.opened', { when: formatDayTime(openedAt, i18n.language) })},{' '}
          {t('record.admin.until', { time: formatTime(until, i18n.language) })}
        </Text>
        <div>
          <Text size="sm" className="quiet">
            {t('record.admin.reason')}
          </Text>
          <Text dir="auto" style={{ whiteSpace: 'pre-line' }}>
            {reason}
          </Text>
        </div>
        {verdict && reviewedAt ? (
          <div>
            <Text fw={700}>{t(`record.admin.verdicts.${verdict}`)}</Text>
            <Text size="sm" className="quiet">
              {t('record.admin.seen', { when: formatDayTime(reviewedAt, i18n.language) })}
            </Text>
            {comment && (
              <Text dir="auto" style={{ whiteSpace: 'pre-line' }}>
                {comment}
              </Text>
            )}
          </div>
        ) : (
          <Group>
            <Button size="sm" onClick={() => onReview(access)}>
              {t('record.admin.review')}
            </Button>
          </Group>
        )}
      </Stack>
    </article>
  );
}

/** `/admin/emergencies`: what was opened in emergencies, to be judged by its reason. */
export default function Emergencies() {
  const { t } = useTranslation();
  const [state, setState] = useState('pending');
  const [reviewing, setReviewing] = useState<EmergencyAccess>();
  const list = useEmergencies(state);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('record.admin.title')}>
      <Stack>
        <Text>{t('record.admin.lead')}</Text>
        <SegmentedControl
          aria-label={t('record.admin.state')}
          value={state}
          onChange={setState}
          data={['pending', 'reviewed'].map((value) => ({ value, label: t(`record.admin.${value}`) }))}
        />
        {list.isPending && <Loading height={150} />}
        {list.isError && <Failed error={list.error} retry={list.refetch} />}
        {list.isSuccess &&
          items.length === 0 &&
          (state === 'pending' ? (
            <Empty title={t('record.admin.none')} text={t('record.admin.noneText')} />
          ) : (
            <Empty title={t('record.admin.noneReviewed')} />
          ))}
        {items.map((access) => (
          <Access key={access.id} access={access} onReview={setReviewing} />
        ))}
        {list.hasNextPage && (
          <ActionButton variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('common.more')}
          </ActionButton>
        )}
      </Stack>
      {reviewing && <Judging key={reviewing.id} access={reviewing} onDone={() => setReviewing(undefined)} />}
    </Page>
  );
}
