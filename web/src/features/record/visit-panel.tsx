import { Anchor, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Failed, Loading } from '../../components/states';
import type { VisitPanelProps } from '../../lib/visit-panels';
import { useRecord } from './calls';
import { EntryCard } from './entry';
import { Summary } from './summary';

const SHOWN = 5;

/** What the doctor has to know of the patient in front of them; the whole record opens beside the call, which goes on. */
export default function RecordBesideVisit({ patientId }: VisitPanelProps) {
  const { t } = useTranslation();
  const record = useRecord(patientId);
  if (record.isError) return <Failed error={record.error} retry={record.refetch} />;
  const page = record.data?.pages[0];
  if (!page) return <Loading rows={3} />;
  return (
    <Stack>
      <Summary summary={page.summary} />
      {page.items.slice(0, SHOWN).map((entry) => (
        <EntryCard key={entry.id} patientId={patientId} entry={entry} onWithdraw={undefined} />
      ))}
      <Anchor href={`/patients/${encodeURIComponent(patientId)}/record`} target="_blank" rel="noreferrer">
        {t('call.panels.wholeRecord')}
      </Anchor>
    </Stack>
  );
}
