import { Badge, Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/action-button';
import { Page } from '../../components/page';
import { ReasonDialog } from '../../components/reason-dialog';
import { Empty, Failed, Loading, WriteProblem } from '../../components/states';
import { formatDayTime } from '../../lib/format';
import { useSession } from '../../lib/session';
import { toast } from '../../lib/toast';
import { type AdminAccount, useAccounts, useStanding } from './calls';

const roles = ['patient', 'doctor', 'admin'] as const;
const SETTLE_MS = 300;

const nameOf = ({ firstName, lastName }: AdminAccount): string => `${firstName} ${lastName}`;

/** What is known of an account, and whether it is barred. */
function Facts({ account }: { account: AdminAccount }) {
  const { t, i18n } = useTranslation();
  const { suspension } = account;
  return (
    <>
      <Group gap="xs">
        <Title order={2} size="h4">
          {nameOf(account)}
        </Title>
        <Badge variant="light">{t(`auth.roles.${account.role}`)}</Badge>
      </Group>
      <Text style={{ overflowWrap: 'anywhere' }}>{account.email}</Text>
      <Text size="sm" className="quiet">
        {t(account.emailVerified ? 'account.admin.proven' : 'account.admin.unproven')} ·{' '}
        {t('account.admin.since', { when: formatDayTime(account.createdAt, i18n.language) })}
      </Text>
      {suspension && (
        <Stack gap={2} mt="xs">
          <Text fw={600}>{t('account.admin.suspendedAt', { when: formatDayTime(suspension.at, i18n.language) })}</Text>
          <Text size="sm">{t('account.admin.reason', { reason: suspension.reason })}</Text>
        </Stack>
      )}
    </>
  );
}

export default function Accounts() {
  const { t } = useTranslation();
  const { account: me } = useSession();
  const [text, setText] = useState('');
  const [role, setRole] = useState('');
  const [suspending, setSuspending] = useState<AdminAccount>();
  const [settled] = useDebouncedValue(text.trim(), SETTLE_MS);
  const list = useAccounts(settled, role);
  const standing = useStanding();
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('account.admin.title')}>
      <Stack>
        <Group align="end" role="search">
          <TextInput
            style={{ flex: '1 1 14rem' }}
            label={t('account.admin.query')}
            type="search"
            value={text}
            maxLength={254}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('account.admin.role')}
            value={role}
            onChange={(event) => setRole(event.currentTarget.value)}
            data={[
              { value: '', label: t('account.admin.allRoles') },
              ...roles.map((value) => ({ value, label: t(`auth.roles.${value}`) })),
            ]}
          />
        </Group>
        {list.isPending && <Loading />}
        {list.isError && <Failed error={list.error} retry={list.refetch} />}
        {!suspending && <WriteProblem error={standing.error} />}
        {list.isSuccess && items.length === 0 && (
          <Empty title={t('account.admin.none')} text={t('account.admin.noneText')} />
        )}
        {items.map((account) => (
          <article key={account.id} className="card" aria-label={nameOf(account)}>
            <Facts account={account} />
            <Group mt="sm">
              {account.id === me?.id && <Text size="sm">{t('account.admin.own')}</Text>}
              {account.id !== me?.id && !account.suspension && (
                <Button
                  size="sm"
                  variant="default"
                  onClick={() => {
                    standing.reset();
                    setSuspending(account);
                  }}
                >
                  {t('account.admin.suspend')}
                </Button>
              )}
              {account.suspension && (
                <ActionButton
                  size="sm"
                  loading={standing.isPending && standing.variables.id === account.id}
                  onClick={() =>
                    standing.mutate({ id: account.id }, { onSuccess: () => toast(t('account.admin.reinstatedToast')) })
                  }
                >
                  {t('account.admin.reinstate')}
                </ActionButton>
              )}
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
        opened={suspending !== undefined}
        title={suspending ? t('account.admin.suspendTitle', { name: nameOf(suspending) }) : ''}
        text={t('account.admin.suspendText')}
        label={t('account.admin.suspendReason')}
        hint={t('account.admin.suspendHint')}
        required
        confirm={t('account.admin.suspend')}
        keep={t('common.cancel')}
        pending={standing.isPending}
        error={standing.error}
        onClose={() => setSuspending(undefined)}
        onConfirm={(reason) =>
          suspending &&
          standing.mutate(
            { id: suspending.id, reason },
            {
              onSuccess: () => {
                toast(t('account.admin.suspendedToast'));
                setSuspending(undefined);
              },
            },
          )
        }
      />
    </Page>
  );
}
