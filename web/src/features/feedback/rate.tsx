import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { Page } from '../../components/page';
import { Stars } from '../../components/stars';
import { Empty, Failed, Loading, WriteProblem } from '../../components/states';
import { api, dataOf } from '../../lib/api';
import { formatDayTime } from '../../lib/format';
import { ProblemError } from '../../lib/problems';
import { type OwnFeedback, useOwnFeedback } from '../../lib/reviews';
import { doctorName } from '../../lib/people';
import { useRate } from './calls';

const MAX_COMMENT = 2_000;

/** One to five stars: a group of radio buttons, so that arrows and screen readers work as they know it. */
function StarPicker({ value, error, onChange }: { value: number; error: boolean; onChange: (stars: number) => void }) {
  const { t } = useTranslation();
  const [over, setOver] = useState(0);
  const name = useId();
  const words = t('feedback.starWords', { returnObjects: true }) as unknown as string[];
  const lit = over || value;
  return (
    <fieldset className="star-picker" aria-invalid={error} aria-describedby={error ? `${name}-error` : undefined}>
      <legend>
        <Text fw={600}>{t('feedback.stars')}</Text>
      </legend>
      <div onMouseLeave={() => setOver(0)}>
        {[1, 2, 3, 4, 5].map((stars) => (
          <label key={stars} className={stars <= lit ? 'lit' : undefined} onMouseEnter={() => setOver(stars)}>
            <input
              type="radio"
              className="visually-hidden"
              name={name}
              value={stars}
              checked={value === stars}
              onChange={() => onChange(stars)}
            />
            <span aria-hidden>★</span>
            <span className="visually-hidden">
              {t('feedback.star', { count: stars })} : {words[stars - 1]}
            </span>
          </label>
        ))}
      </div>
      <Text size="sm" className="quiet" mih="1.4em" aria-hidden>
        {lit > 0 && words[lit - 1]}
      </Text>
      {error && (
        <Text size="sm" c="red.8" id={`${name}-error`} role="alert">
          {t('feedback.choose')}
        </Text>
      )}
    </fieldset>
  );
}

function Thanks({ feedback, isNew }: { feedback: OwnFeedback; isNew: boolean }) {
  const { t, i18n } = useTranslation();
  return (
    <Stack className="card medium" role="status">
      <Text size="lg" fw={700}>
        {t(isNew ? 'feedback.sent' : 'feedback.saved')}
      </Text>
      <Stars value={feedback.stars} />
      <Text size="sm">{t('feedback.until', { when: formatDayTime(feedback.editableUntil, i18n.language) })}</Text>
      <Button component={Link} to={`/appointments/${feedback.appointmentId}`} style={{ alignSelf: 'start' }}>
        {t('visit.open')}
      </Button>
    </Stack>
  );
}

function RateForm({
  appointmentId,
  existing,
  onDone,
}: {
  appointmentId: string;
  existing: OwnFeedback | null;
  onDone: (feedback: OwnFeedback) => void;
}) {
  const { t } = useTranslation();
  const [stars, setStars] = useState(existing?.stars ?? 0);
  const [comment, setComment] = useState(existing?.comment ?? '');
  const [unchosen, setUnchosen] = useState(false);
  const rate = useRate(appointmentId, existing);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setUnchosen(stars === 0);
    if (stars === 0) document.querySelector<HTMLInputElement>('.star-picker input')?.focus();
    if (stars > 0) rate.mutate({ stars, comment: comment.trim() }, { onSuccess: onDone });
  };
  const fault = (field: string) =>
    rate.error instanceof ProblemError ? rate.error.fields.find((one) => one.field === field)?.message : undefined;
  return (
    <form noValidate className="medium" onSubmit={submit}>
      <Stack>
        <StarPicker
          value={stars}
          error={unchosen}
          onChange={(chosen) => {
            setStars(chosen);
            setUnchosen(false);
          }}
        />
        <Textarea
          label={`${t('feedback.comment')} (${t('common.optional')})`}
          description={t('feedback.commentHint')}
          value={comment}
          maxLength={MAX_COMMENT}
          autosize
          minRows={4}
          error={fault('comment')}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <Text size="sm" className="quiet">
          {t('feedback.left', { count: MAX_COMMENT - comment.length })}
        </Text>
        {!fault('comment') && <WriteProblem inForm error={rate.error} />}
        <Group>
          <ActionButton type="submit" loading={rate.isPending}>
            {t(existing ? 'feedback.save' : 'feedback.send')}
          </ActionButton>
          <Button component={Link} to={`/appointments/${appointmentId}`} variant="default">
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What was said, once it cannot be changed any more. */
function Said({ feedback }: { feedback: OwnFeedback }) {
  const { t, i18n } = useTranslation();
  return (
    <Stack className="card medium">
      <Stars value={feedback.stars} />
      {feedback.comment && (
        <Text dir="auto" style={{ whiteSpace: 'pre-line' }}>
          {feedback.comment}
        </Text>
      )}
      {feedback.hidden && (
        <Alert color="orange" variant="light">
          {t('feedback.hiddenWhy', { reason: feedback.hidden.reason })}
        </Alert>
      )}
      {feedback.reply && (
        <blockquote style={{ margin: 0 }}>
          <Text size="sm" fw={600}>
            {t('feedback.answer')} · {formatDayTime(feedback.reply.createdAt, i18n.language)}
          </Text>
          <Text dir="auto" style={{ whiteSpace: 'pre-line' }}>
            {feedback.reply.comment}
          </Text>
        </blockquote>
      )}
    </Stack>
  );
}

/** `/appointments/:id/rate`: rates a completed visit, changes it within 48 hours, shows the answer afterwards. */
export default function RatePage() {
  const { t, i18n } = useTranslation();
  const { id = '' } = useParams();
  const appointment = useQuery({
    queryKey: ['appointment', id],
    queryFn: ({ signal }) => dataOf(api.GET('/appointments/{id}', { params: { path: { id } }, signal })),
  });
  const own = useOwnFeedback(id);
  const [editing, setEditing] = useState(false);
  const [done, setDone] = useState<{ feedback: OwnFeedback; isNew: boolean }>();
  const failed = appointment.error ?? own.error;
  if (failed) {
    return (
      <Page title={t('feedback.rateTitle')}>
        <Failed error={failed} retry={() => Promise.all([appointment.refetch(), own.refetch()])} />
      </Page>
    );
  }
  if (!appointment.data || own.data === undefined) {
    return (
      <Page title={t('feedback.rateTitle')}>
        <Loading rows={1} height={260} />
      </Page>
    );
  }
  const { doctor, startsAt, status } = appointment.data;
  const editable = own.data !== null && new Date(own.data.editableUntil) > new Date();
  return (
    <Page title={t('feedback.rateTitle')}>
      <Text mb="md">
        {doctorName(doctor, t)} · {formatDayTime(startsAt, i18n.language)}
      </Text>
      {done ? (
        <Thanks {...done} />
      ) : own.data === null && status !== 'completed' ? (
        <Empty title={t('feedback.notYet')} />
      ) : own.data === null || editing ? (
        <RateForm
          appointmentId={id}
          existing={own.data}
          onDone={(feedback) => setDone({ feedback, isNew: own.data === null })}
        />
      ) : (
        <Stack>
          <Said feedback={own.data} />
          <Text size="sm" className="quiet">
            {editable
              ? t('feedback.until', { when: formatDayTime(own.data.editableUntil, i18n.language) })
              : t('feedback.closed')}
          </Text>
          {editable && (
            <Button variant="default" style={{ alignSelf: 'start' }} onClick={() => setEditing(true)}>
              {t('feedback.edit')}
            </Button>
          )}
        </Stack>
      )}
    </Page>
  );
}
