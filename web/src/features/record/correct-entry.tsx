import { Alert, Anchor, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { Page } from '../../components/page';
import { Empty, Failed, Loading, WriteProblem } from '../../components/states';
import { formatDayTime } from '../../lib/format';
import { ProblemError } from '../../lib/problems';
import { toast } from '../../lib/toast';
import { DraftNotice } from './add-entry';
import { useAuthorName } from './author';
import { type Entry, useCorrection, useEntry } from './calls';
import { Details } from './details';
import { EntryFields } from './entry-fields';
import { valuesOf } from './form';
import { isWrittenKind, type WrittenKind } from './kinds';
import { useEntryForm } from './use-entry-form';
import { nameOf } from './vitals';

interface ConflictProps {
  entry: Entry;
  onTakeTheirs: () => void;
  onKeepMine: () => void;
}

/** Somebody else was faster: what it says now, and what to do of one's own. */
function Conflict({ entry, onTakeTheirs, onKeepMine }: ConflictProps) {
  const { t, i18n } = useTranslation();
  const nameOfAuthor = useAuthorName();
  const { version, recordedAt, author, reason } = entry;
  return (
    <Alert color="yellow" variant="light" role="alert" title={t('record.correct.changed')}>
      <Stack gap="xs" align="start">
        <span>{t('record.correct.changedText')}</span>
        <div className="card">
          <Text size="sm" className="quiet">
            {t('record.versionOf', {
              number: version,
              when: formatDayTime(recordedAt, i18n.language),
              name: nameOfAuthor(author),
            })}
          </Text>
          {reason && (
            <Text size="sm" dir="auto">
              {reason}
            </Text>
          )}
          <Text fw={700} dir="auto">
            {nameOf(entry, t)}
          </Text>
          <Details entry={entry} />
        </div>
        <Group gap="sm">
          <Button size="sm" variant="default" onClick={onKeepMine}>
            {t('record.correct.keepMine')}
          </Button>
          <Button size="sm" variant="default" onClick={onTakeTheirs}>
            {t('record.correct.takeTheirs')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

function CorrectForm({ patientId, entry, kind }: { patientId: string; entry: Entry; kind: WrittenKind }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const correction = useCorrection(patientId);
  // What the writer has seen: only that is replaced.
  const [base, setBase] = useState(entry);
  const [isRebased, setRebased] = useState(false);
  const { form, keptAt, discard, read, refused, isToldAtFields } = useEntryForm({
    name: `${patientId}.${entry.id}`,
    kind,
    initial: valuesOf(base),
    isCorrection: true,
  });
  const isConflict = entry.version !== base.version && !correction.isSuccess;
  const { error } = correction;
  const isMismatch = error instanceof ProblemError && error.code === 'version-mismatch';
  const send = (event: FormEvent) => {
    event.preventDefault();
    const body = read(base);
    if (!body || correction.isPending || isConflict) return;
    const reason = form.getValues('reason').trim();
    correction.mutate(
      { entry: base, body: { ...body, reason } },
      {
        onSuccess: () => {
          discard();
          toast(t('record.correct.saved'));
          void navigate(`/patients/${encodeURIComponent(patientId)}/record`);
        },
        onError: refused,
      },
    );
  };
  return (
    <form className="card medium" noValidate onSubmit={send}>
      <Stack>
        <DraftNotice keptAt={keptAt} onDiscard={discard} />
        {isConflict && (
          <Conflict
            entry={entry}
            onKeepMine={() => {
              setBase(entry);
              setRebased(true);
              correction.reset();
            }}
            onTakeTheirs={() => {
              setBase(entry);
              setRebased(false);
              correction.reset();
              form.reset({ ...valuesOf(entry), reason: form.getValues('reason') });
            }}
          />
        )}
        {isRebased && !isConflict && (
          <Alert color="yellow" variant="light" role="status">
            {t('record.correct.rebased', { number: base.version })}
          </Alert>
        )}
        <EntryFields form={form} kind={kind} />
        <Textarea
          label={t('record.correct.reason')}
          description={t('record.correct.reasonHint')}
          autosize
          minRows={2}
          maxLength={1_000}
          error={form.formState.errors.reason?.message}
          {...form.register('reason')}
        />
        {!isMismatch && !isToldAtFields(error) && <WriteProblem inForm error={error} />}
        <Group>
          <ActionButton type="submit" loading={correction.isPending} disabled={isConflict}>
            {t('record.correct.save')}
          </ActionButton>
        </Group>
      </Stack>
    </form>
  );
}

/** `/patients/:id/record/:entryId/correct`: the whole entry anew, and why. */
export default function CorrectEntry() {
  const { t } = useTranslation();
  const { id = '', entryId = '' } = useParams();
  const { data, isError, error, refetch } = useEntry(id, entryId);
  const isMissing = error instanceof ProblemError && error.status === 404;
  const path = `/patients/${encodeURIComponent(id)}/record`;
  const title = data ? t('record.correct.title', { label: nameOf(data, t) }) : t('record.correct.action');
  const back = (
    <Button component={Link} to={path}>
      {t('record.someone')}
    </Button>
  );
  return (
    <>
      <nav aria-label={t('common.back')}>
        <Anchor component={Link} to={path} underline="always" className="back">
          {t('record.someone')}
        </Anchor>
      </nav>
      <Page title={title}>
        {isMissing ? (
          <Empty title={t('record.closed.title')} text={t('record.add.closed')}>
            {back}
          </Empty>
        ) : data?.withdrawn || (data && !isWrittenKind(data.kind)) ? (
          <Empty title={t('record.withdrawn')} text={t('record.correct.gone')}>
            {back}
          </Empty>
        ) : data && isWrittenKind(data.kind) ? (
          <CorrectForm key={data.id} patientId={id} entry={data} kind={data.kind} />
        ) : isError ? (
          <Failed error={error} retry={refetch} />
        ) : (
          <Loading rows={3} height={120} />
        )}
      </Page>
    </>
  );
}
