import { Alert, Text } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatDayTime } from '../lib/format';

/** What is shown was read before the network went, and can be read only. @param readAt milliseconds since 1970 */
export function OfflineNotice({ readAt }: { readAt: number }) {
  const { t, i18n } = useTranslation();
  const when = formatDayTime(new Date(readAt).toISOString(), i18n.language);
  return (
    <Alert color="yellow" variant="light" role="status" icon={<IconCloudOff aria-hidden />}>
      <Text fw={700}>{t('visit.kept.state', { when })}</Text>
      <Text size="sm">{t('visit.kept.acts')}</Text>
    </Alert>
  );
}
