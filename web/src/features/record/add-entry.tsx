import { Alert, Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { ActionButton } from '../../components/action-button';
import { Page } from '../../components/page';
import { Empty, Failed, Loading, WriteProblem } from '../../components/states';
import { dayKey, formatDayTime } from '../../lib/format';
import { fullName } from '../../lib/people';
import { ProblemError } from '../../lib/problems';
import { toast } from '../../lib/toast';
import { useRecord, useWriting } from './calls';
import { EntryFields } from './entry-fields';
import { emptyValues, localMinute } from './form';
import { icons, isWrittenKind, type WrittenKind, writtenKinds } from './kinds';
import styles from './record.module.css';
import { useEntryForm } from './use-entry-form';

function Choices() {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="what">
      <Title order={2} size="h4" mb="sm" id="what">
        {t('record.add.what')}
      </Title>
      <ul className={styles.choices}>
        {writtenKinds.map((kind) => {
          const Icon = icons[kind];
          return (
            <li key={kind}>
              <Link to={`?kind=${kind}`} className={`card ${styles.choice}`}>
                <span className={styles.mark}>
                  <Icon aria-hidden size={20} />
                </span>
                <span>
                  <Text component="span" display="block" fw={700}>
                    {t(`record.kinds.${kind}`)}
                  </Text>
                  <Text component="span" display="block" size="sm" className="quiet">
                    {t(`record.kindHints.${kind}`)}
                  </Text>
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** That what was typed before is there again, and how to be rid of it. */
export function DraftNotice({ keptAt, onDiscard }: { keptAt: number | undefined; onDiscard: () => void }) {
  const { t, i18n } = useTranslation();
  if (keptAt === undefined) return null;
  return (
    <Alert color="teal" variant="light" role="status">
      <Group justify="space-between" gap="xs">
        <span>{t('record.add.kept', { when: formatDayTime(new Date(keptAt).toISOString(), i18n.language) })}</span>
        <Button size="compact-sm" variant="default" onClick={onDiscard}>
          {t('record.add.discard')}
        </Button>
      </Group>
    </Alert>
  );
}

/** What a paper is called unless somebody calls it something else. */
const titleFor = (kind: WrittenKind, t: TFunction): string =>
  kind === 'prescription' || kind === 'certificate' ? t(`record.fields.${kind}`) : '';

function AddForm({ patientId, kind }: { patientId: string; kind: WrittenKind }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const writing = useWriting(patientId);
  const now = { today: dayKey(new Date()), minute: localMinute(new Date()) };
  const { form, keptAt, discard, read, keyFor, refused, isToldAtFields } = useEntryForm({
    name: `${patientId}.${kind}`,
    kind,
    initial: emptyValues(kind, now, titleFor(kind, t)),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    const body = read();
    if (!body || writing.isPending) return;
    writing.mutate(
      { body, key: keyFor(body) },
      {
        onSuccess: () => {
          discard();
          toast(t('record.add.saved'));
          void navigate(`/patients/${encodeURIComponent(patientId)}/record`);
        },
        onError: refused,
      },
    );
  };
  return (
    <form className="card medium" noValidate onSubmit={send}>
      <Stack>
        <Group justify="space-between" gap="xs">
          <Title order={2} size="h4">
            {t('record.add.kindTitle', { kind: t(`record.kinds.${kind}`) })}
          </Title>
          <Anchor component={Link} to="?" underline="always">
            {t('record.add.change')}
          </Anchor>
        </Group>
        <DraftNotice keptAt={keptAt} onDiscard={discard} />
        <EntryFields form={form} kind={kind} />
        <Text size="sm" className="quiet">
          {t('record.add.readers')}
        </Text>
        {!isToldAtFields(writing.error) && <WriteProblem inForm error={writing.error} />}
        <Group>
          <ActionButton type="submit" loading={writing.isPending}>
            {t('record.add.save')}
          </ActionButton>
        </Group>
      </Stack>
    </form>
  );
}

/** `/patients/:id/record/add`: which kind, then its form. */
export default function AddEntry() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [search] = useSearchParams();
  const wanted = search.get('kind');
  const record = useRecord(id);
  const page = record.data?.pages[0];
  const isClosed =
    page?.opened.purpose === 'emergency' || (record.error instanceof ProblemError && record.error.status === 404);
  const path = `/patients/${encodeURIComponent(id)}/record`;
  const name = page ? fullName(page.patient) : '';
  return (
    <>
      <nav aria-label={t('common.back')}>
        <Anchor component={Link} to={path} underline="always" className="back">
          {page ? t('record.of', { name }) : t('record.someone')}
        </Anchor>
      </nav>
      <Page title={page ? t('record.add.title', { name }) : t('record.add.action')}>
        {isClosed ? (
          <Empty title={t('record.closed.title')} text={t('record.add.closed')}>
            <Button component={Link} to={path}>
              {t('record.someone')}
            </Button>
          </Empty>
        ) : page ? (
          isWrittenKind(wanted) ? (
            <AddForm key={wanted} patientId={id} kind={wanted} />
          ) : (
            <Choices />
          )
        ) : record.isError ? (
          <Failed error={record.error} retry={record.refetch} />
        ) : (
          <Loading rows={3} height={120} />
        )}
      </Page>
    </>
  );
}
