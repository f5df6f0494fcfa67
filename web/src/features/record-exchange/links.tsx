import { Badge, Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Dialog } from '../../components/dialog';
import { Empty, Failed, Loading, WriteProblem } from '../../components/states';
import { formatDayTime } from '../../lib/format';
import { ProblemError } from '../../lib/problems';
import { toast } from '../../lib/toast';
import { type SharedLink, useLinks, useRevoke, useShare } from './calls';
import { Qr } from './qr';

const DAY_MS = 86_400_000;
const durations = { day: 1, week: 7, month: 30, year: 365 } as const;
type Duration = keyof typeof durations;

function ShareForm({ onShared }: { onShared: (link: SharedLink) => void }) {
  const { t } = useTranslation();
  const share = useShare();
  const [label, setLabel] = useState('');
  const [passcode, setPasscode] = useState('');
  const [duration, setDuration] = useState<Duration>('week');
  const problems = share.error instanceof ProblemError ? share.error.fields : [];
  const problemOf = (name: string) => problems.find(({ field }) => field === name)?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (share.isPending) return;
    // Of whole minutes, so that trying again asks for the same.
    const expiresAt = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + durations[duration] * DAY_MS).toISOString();
    share.mutate(
      { label: label.trim(), passcode, expiresAt },
      {
        onSuccess: (link) => {
          toast(t('exchange.links.created'));
          setLabel('');
          setPasscode('');
          onShared(link);
        },
      },
    );
  };
  return (
    <form className="card" noValidate onSubmit={submit}>
      <Stack>
        <TextInput
          label={`${t('exchange.links.label')} (${t('common.optional')})`}
          description={t('exchange.links.labelHint')}
          value={label}
          maxLength={80}
          onChange={(event) => setLabel(event.currentTarget.value)}
          error={problemOf('label')}
        />
        <NativeSelect
          label={t('exchange.links.lasts')}
          value={duration}
          onChange={(event) => setDuration(event.currentTarget.value as Duration)}
          data={(Object.keys(durations) as Duration[]).map((value) => ({
            value,
            label: t(`exchange.links.durations.${value}`),
          }))}
        />
        <TextInput
          label={`${t('exchange.links.passcode')} (${t('common.optional')})`}
          description={t('exchange.links.passcodeHint')}
          value={passcode}
          maxLength={64}
          autoComplete="off"
          dir="ltr"
          onChange={(event) => setPasscode(event.currentTarget.value)}
          error={problemOf('passcode')}
        />
        {problems.length === 0 && <WriteProblem error={share.error} inForm />}
        <ActionButton type="submit" loading={share.isPending} style={{ alignSelf: 'start' }}>
          {t('exchange.links.create')}
        </ActionButton>
      </Stack>
    </form>
  );
}

function useStateText(): (link: SharedLink) => string {
  const { t, i18n } = useTranslation();
  return ({ isOpen, revokedAt, expiresAt }) => {
    const when = (at: string) => ({ when: formatDayTime(at, i18n.language) });
    if (isOpen) return t('exchange.links.until', when(expiresAt));
    if (revokedAt) return t('exchange.links.revokedAt', when(revokedAt));
    return Date.parse(expiresAt) > Date.now() ? t('exchange.links.closed') : t('exchange.links.over', when(expiresAt));
  };
}

function LinkCard({ link, onShow, onRevoke }: { link: SharedLink; onShow: () => void; onRevoke: () => void }) {
  const { t, i18n } = useTranslation();
  const stateOf = useStateText();
  const name = link.label ?? t('exchange.links.unnamed');
  return (
    <article className="card" aria-label={name}>
      <Group justify="space-between" gap="xs">
        <Text fw={600} dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Text>
        {link.hasPasscode && (
          <Badge variant="light" size="lg" tt="none">
            {t('exchange.links.withPasscode')}
          </Badge>
        )}
      </Group>
      <Text size="sm">{stateOf(link)}</Text>
      {link.openings.length === 0 ? (
        <Text size="sm" className="quiet">
          {t('exchange.links.neverOpened')}
        </Text>
      ) : (
        <details>
          <summary>
            {t('exchange.links.opened')} ({link.openings.length})
          </summary>
          <ul>
            {link.openings.map(({ at, recipient }, index) => (
              <li key={index} style={{ overflowWrap: 'anywhere' }}>
                <bdi>{t('exchange.links.openedBy', { when: formatDayTime(at, i18n.language), who: recipient })}</bdi>
              </li>
            ))}
          </ul>
        </details>
      )}
      {link.isOpen && (
        <Group mt="sm" gap="sm">
          <Button size="sm" variant="default" onClick={onShow} aria-label={`${t('exchange.links.show')}, ${name}`}>
            {t('exchange.links.show')}
          </Button>
          <Button size="sm" variant="default" onClick={onRevoke} aria-label={`${t('exchange.links.revoke')}, ${name}`}>
            {t('exchange.links.revoke')}
          </Button>
        </Group>
      )}
    </article>
  );
}

function ShowDialog({ link, onClose }: { link: SharedLink; onClose: () => void }) {
  const { t } = useTranslation();
  const copy = () =>
    navigator.clipboard
      .writeText(link.url)
      .then(() => toast(t('exchange.links.copied')))
      .catch(() => undefined);
  return (
    <Dialog title={link.label ?? t('exchange.links.unnamed')} onClose={onClose}>
      <Stack align="center">
        <Qr text={link.url} label={t('exchange.links.qr')} />
        <TextInput
          w="100%"
          readOnly
          dir="ltr"
          aria-label={t('exchange.links.title')}
          value={link.url}
          onFocus={(event) => event.currentTarget.select()}
        />
      </Stack>
      <Group justify="end">
        <Button variant="default" onClick={onClose}>
          {t('common.close')}
        </Button>
        <Button onClick={() => void copy()}>{t('exchange.links.copy')}</Button>
      </Group>
    </Dialog>
  );
}

function RevokeDialog({ link, onClose }: { link: SharedLink; onClose: () => void }) {
  const { t } = useTranslation();
  const revoke = useRevoke();
  const onSuccess = () => {
    toast(t('exchange.links.revoked'));
    onClose();
  };
  return (
    <Dialog title={t('exchange.links.revokeTitle')} onClose={onClose}>
      <Text>{t('exchange.links.revokeText')}</Text>
      <WriteProblem error={revoke.error} />
      <Group justify="end">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <ActionButton color="red.8" loading={revoke.isPending} onClick={() => revoke.mutate(link.id, { onSuccess })}>
          {t('exchange.links.revoke')}
        </ActionButton>
      </Group>
    </Dialog>
  );
}

/** A patient's SMART Health Links: made, shown, and taken back. */
export function Links() {
  const { t } = useTranslation();
  const links = useLinks();
  const [shown, setShown] = useState<SharedLink>();
  const [leaving, setLeaving] = useState<SharedLink>();
  return (
    <section aria-labelledby="exchange-links">
      <Stack>
        <Title order={2} id="exchange-links">
          {t('exchange.links.title')}
        </Title>
        <Text>{t('exchange.links.text')}</Text>
        <ShareForm onShared={setShown} />
        {links.isPending && <Loading rows={2} height={80} />}
        {links.isError && <Failed error={links.error} retry={links.refetch} />}
        {links.isSuccess && links.data.items.length === 0 && (
          <Empty title={t('exchange.links.none')} text={t('exchange.links.noneText')} />
        )}
        {links.data?.items.map((link) => (
          <LinkCard key={link.id} link={link} onShow={() => setShown(link)} onRevoke={() => setLeaving(link)} />
        ))}
      </Stack>
      {shown && <ShowDialog link={shown} onClose={() => setShown(undefined)} />}
      {leaving && <RevokeDialog link={leaving} onClose={() => setLeaving(undefined)} />}
    </section>
  );
}
