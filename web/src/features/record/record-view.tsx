import { Stack, Tabs } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ReasonDialog } from '../../components/reason-dialog';
import { ProblemError } from '../../lib/problems';
import { toast } from '../../lib/toast';
import { type Entry, type RecordPage, useRecord, useWithdrawal } from './calls';
import { History } from './history';
import { Measures } from './measures';
import { Summary } from './summary';
import { nameOf } from './vitals';

const MEASURES = 'measures';
const HISTORY = 'history';

function Withdrawing({ patientId, entry, onDone }: { patientId: string; entry: Entry; onDone: () => void }) {
  const { t } = useTranslation();
  const withdrawal = useWithdrawal(patientId);
  const { error } = withdrawal;
  const hasChanged = error instanceof ProblemError && error.code === 'version-mismatch';
  return (
    <ReasonDialog
      opened
      title={t('record.withdraw.title')}
      text={t('record.withdraw.text', { label: nameOf(entry, t) })}
      label={t('record.withdraw.reason')}
      hint={t('record.withdraw.hint')}
      required
      confirm={t('record.withdraw.confirm')}
      keep={t('common.cancel')}
      pending={withdrawal.isPending}
      error={hasChanged ? new ProblemError(412, error.code, t('record.withdraw.changed')) : error}
      onClose={onDone}
      onConfirm={(reason) =>
        withdrawal.mutate(
          { entry, reason },
          {
            onSuccess: () => {
              toast(t('record.withdraw.done'));
              onDone();
            },
          },
        )
      }
    />
  );
}

/** One page of what matters, then everything: the same for whoever may read it. */
export function RecordView({
  patientId,
  page,
  record,
}: {
  patientId: string;
  page: RecordPage;
  record: ReturnType<typeof useRecord>;
}) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const [withdrawing, setWithdrawing] = useState<Entry>();
  const { opened, summary } = page;
  return (
    <Stack gap="xl">
      <Summary summary={summary} />
      <Tabs
        value={search.get('view') === MEASURES ? MEASURES : HISTORY}
        keepMounted={false}
        onChange={(view) => setSearch(view === MEASURES ? { view } : {}, { replace: true })}
      >
        <Tabs.List aria-label={t('record.sections')} mb="md">
          <Tabs.Tab value={HISTORY}>{t('record.tabs.history')}</Tabs.Tab>
          <Tabs.Tab value={MEASURES}>{t('record.tabs.measures')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={HISTORY}>
          <History
            patientId={patientId}
            record={record}
            opened={opened}
            onWithdraw={opened.purpose === 'care' ? setWithdrawing : undefined}
          />
        </Tabs.Panel>
        <Tabs.Panel value={MEASURES}>
          <Measures patientId={patientId} />
        </Tabs.Panel>
      </Tabs>
      {withdrawing && (
        <Withdrawing
          key={withdrawing.id}
          patientId={patientId}
          entry={withdrawing}
          onDone={() => setWithdrawing(undefined)}
        />
      )}
    </Stack>
  );
}
