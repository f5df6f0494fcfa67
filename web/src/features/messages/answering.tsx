import { Button, Checkbox, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Dialog } from '../../components/dialog';
import { Failed, Loading, WriteProblem } from '../../components/states';
import { tagOf } from '../../lib/format';
import { type Answering, useAnswering, useChangeAnswering } from '../../lib/messages';
import { toast } from '../../lib/toast';

/** 1 January 2024 was a Monday. */
const dayName = (weekday: number, language: string): string =>
  new Intl.DateTimeFormat(tagOf(language), { weekday: 'long', timeZone: 'UTC' }).format(
    new Date(Date.UTC(2024, 0, weekday)),
  );

function AnsweringForm({ answering, onClose }: { answering: Answering; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const change = useChangeAnswering();
  const [first] = answering.hours;
  const [reply, setReply] = useState(answering.autoReply ?? '');
  const [days, setDays] = useState([...new Set(answering.hours.map(({ weekday }) => String(weekday)))]);
  const [start, setStart] = useState(first?.start ?? '08:00');
  const [end, setEnd] = useState(first?.end ?? '18:00');
  const save = (event: FormEvent) => {
    event.preventDefault();
    const hours = days.map((day) => ({ weekday: Number(day), start, end }));
    change.mutate(
      { autoReply: reply.trim() || null, hours },
      {
        onSuccess: () => {
          toast(t('messages.settings.saved'));
          onClose();
        },
      },
    );
  };
  return (
    <form onSubmit={save}>
      <Stack>
        <Checkbox.Group
          label={t('messages.settings.days')}
          description={t('messages.settings.daysHint')}
          value={days}
          onChange={setDays}
        >
          <Group mt="xs" gap="sm">
            {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
              <Checkbox key={weekday} value={String(weekday)} label={dayName(weekday, i18n.language)} />
            ))}
          </Group>
        </Checkbox.Group>
        {days.length > 0 && (
          <Group grow>
            <TextInput
              type="time"
              required
              label={t('messages.settings.start')}
              value={start}
              onChange={(event) => setStart(event.currentTarget.value)}
            />
            <TextInput
              type="time"
              required
              label={t('messages.settings.end')}
              value={end}
              onChange={(event) => setEnd(event.currentTarget.value)}
            />
          </Group>
        )}
        <Textarea
          label={t('messages.settings.reply')}
          description={t('messages.settings.replyHint')}
          autosize
          minRows={2}
          maxLength={1000}
          value={reply}
          onChange={(event) => setReply(event.currentTarget.value)}
        />
        <WriteProblem error={change.error} inForm />
        <Group justify="end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <ActionButton type="submit" loading={change.isPending}>
            {t('common.save')}
          </ActionButton>
        </Group>
      </Stack>
    </form>
  );
}

function AnsweringDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { data, isError, error, refetch } = useAnswering();
  return (
    <Dialog title={t('messages.settings.title')} onClose={onClose}>
      {data ? (
        <AnsweringForm answering={data} onClose={onClose} />
      ) : isError ? (
        <Failed error={error} retry={refetch} />
      ) : (
        <Loading rows={2} />
      )}
    </Dialog>
  );
}

/** When a doctor answers in person, and what is answered otherwise. */
export function AnsweringButton() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {t('messages.settings.open')}
      </Button>
      {opened && <AnsweringDialog onClose={() => setOpened(false)} />}
    </>
  );
}
