import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Where a patient writes: nobody may be there to read. */
export function Emergency() {
  const { t } = useTranslation();
  return (
    <Alert color="red" variant="light" p="xs">
      <Text fw={700}>
        <a href="tel:190" className="subject">
          {t('messages.emergency')}
        </a>
      </Text>
      <Text size="sm">{t('messages.emergencyText')}</Text>
    </Alert>
  );
}
