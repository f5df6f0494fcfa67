import { Button, Stack } from '@mantine/core';
import { IconEye, IconShare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '../../components/page';
import { Failed, Loading } from '../../components/states';
import { useSession } from '../../lib/session';
import { OWN, useRecord } from './calls';
import { AddDocument } from './files';
import { EmergencyCard } from './emergency-card';
import { useRecordSearch } from './history';
import { RecordView } from './record-view';
import styles from './record.module.css';

/** `/record`: the patient's own. */
export default function OwnRecord() {
  const { t } = useTranslation();
  const { account } = useSession();
  const { q, kind } = useRecordSearch();
  const record = useRecord(OWN, { q, kind: kind ?? '' });
  const page = record.data?.pages[0];
  return (
    <Page title={t('record.own')}>
      <div className={styles.page}>
        <Stack>
          <div className={styles.head}>
            <Button
              component={Link}
              to="/record/access"
              size="sm"
              variant="default"
              leftSection={<IconEye aria-hidden size={16} />}
            >
              {t('record.access.title')}
            </Button>
            <Button
              component={Link}
              to="/record/share"
              size="sm"
              variant="default"
              leftSection={<IconShare aria-hidden size={16} />}
            >
              {t('record.files.share')}
            </Button>
            <AddDocument patientId={OWN} />
          </div>
          {page ? (
            <RecordView patientId={OWN} page={page} record={record} />
          ) : record.isError ? (
            <Failed error={record.error} retry={record.refetch} />
          ) : (
            <Loading rows={4} height={130} />
          )}
        </Stack>
        {account && <EmergencyCard account={account} />}
      </div>
    </Page>
  );
}
