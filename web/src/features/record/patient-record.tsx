import { Alert, Anchor, Button, Stack } from '@mantine/core';
import { IconPlus, IconUrgent } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Page } from '../../components/page';
import { Failed, Loading } from '../../components/states';
import { formatDayTime } from '../../lib/format';
import { useNow } from '../../lib/now';
import { fullName } from '../../lib/people';
import { ProblemError } from '../../lib/problems';
import { useReadRecordAgain, useRecord } from './calls';
import { ClosedRecord } from './closed-record';
import { AddDocument } from './files';
import { useRecordSearch } from './history';
import { RecordView } from './record-view';
import styles from './record.module.css';

/** Until when it may be read; then what is shown of it goes. */
function EmergencyBanner({ patientId, until }: { patientId: string; until: string }) {
  const { t, i18n } = useTranslation();
  const again = useReadRecordAgain(patientId);
  const isOver = useNow() >= Date.parse(until);
  useEffect(() => {
    if (isOver) void again();
  }, [isOver]);
  return (
    <Alert color="red" variant="light" icon={<IconUrgent aria-hidden />} title={t('record.emergency.banner')}>
      {isOver ? t('record.emergency.over') : t('record.emergency.until', { when: formatDayTime(until, i18n.language) })}
    </Alert>
  );
}

/** `/patients/:id/record`: for the doctor who cares, or who came in an emergency. */
export default function PatientRecord() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { q, kind } = useRecordSearch();
  const record = useRecord(id, { q, kind: kind ?? '' });
  const isClosed = record.error instanceof ProblemError && record.error.status === 404;
  const page = isClosed ? undefined : record.data?.pages[0];
  const path = `/patients/${encodeURIComponent(id)}`;
  const title = page ? t('record.of', { name: fullName(page.patient) }) : t('record.someone');
  return (
    <>
      <nav aria-label={t('common.back')}>
        {page?.opened.purpose === 'care' ? (
          <Anchor component={Link} to={path} underline="always" className="back">
            {fullName(page.patient)}
          </Anchor>
        ) : (
          <Anchor component={Link} to="/patients" underline="always" className="back">
            {t('patients.title')}
          </Anchor>
        )}
      </nav>
      <Page title={isClosed ? t('record.closed.title') : title}>
        {page ? (
          <Stack>
            {page.opened.purpose === 'emergency' && page.opened.until && (
              <EmergencyBanner patientId={id} until={page.opened.until} />
            )}
            {page.opened.purpose === 'care' && (
              <div className={styles.head}>
                <Button
                  component={Link}
                  to={`${path}/record/add`}
                  size="sm"
                  leftSection={<IconPlus aria-hidden size={16} />}
                >
                  {t('record.add.action')}
                </Button>
                <AddDocument patientId={id} />
              </div>
            )}
            <RecordView key={id} patientId={id} page={page} record={record} />
          </Stack>
        ) : isClosed ? (
          <ClosedRecord key={id} patientId={id} />
        ) : record.isError ? (
          <Failed error={record.error} retry={record.refetch} />
        ) : (
          <Loading rows={4} height={130} />
        )}
      </Page>
    </>
  );
}
